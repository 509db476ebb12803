const details = data.details;
const area = km2 => Number(km2.toPrecision(3)) + ' km²';
const kilometres = m => m == null ? '–' : Number((m / 1000).toPrecision(3)) + ' km';

/** Takes a section away that has nothing to show. */
function unless(shown, id) {
  if (!shown) document.getElementById(id).remove();
  return shown;
}

const smallest = list => list.indexOf(Math.min(...list));

function pairs(numbers) {
  return Array.from({ length: numbers.length / 2 }, (_, i) => [numbers[2 * i], numbers[2 * i + 1]]);
}

const SVG = 'http://www.w3.org/2000/svg';

/** Adds an element to an SVG; its text is text, never markup. */
function add(parent, name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  if (text != null) element.textContent = text;
  parent.append(element);
  return element;
}

/** A round number of kilometres that is at most a quarter of the width. */
function scaleKilometres(width) {
  const power = 10 ** Math.floor(Math.log10(width / 4));
  return [5, 2, 1].map(k => k * power).find(k => k <= width / 4) ?? power;
}

/** Empties a map and returns how places become points of it: a kilometre upward is as long as one sideways. */
function ground(id, places) {
  const holder = document.getElementById(id);
  const width = Math.max(280, holder.clientWidth), height = Math.round(Math.min(640, Math.max(340, 0.62 * width)));
  holder.replaceChildren();
  const svg = add(holder, 'svg', { viewBox: `0 0 ${width} ${height}`, width: '100%', role: 'img', 'aria-label': 'map' });
  const box = k => [Math.min(...places.map(p => p[k])), Math.max(...places.map(p => p[k]))];
  const [west, east] = box(0), [south, north] = box(1);
  const squeeze = Math.max(0.01, Math.cos((south + north) / 2 * Math.PI / 180));
  const margin = 42;
  const perDegree = Math.min((width - 2 * margin) / Math.max((east - west) * squeeze, 1e-4), (height - 2 * margin) / Math.max(north - south, 1e-4));
  const x = longitude => +(width / 2 + (longitude - (west + east) / 2) * squeeze * perDegree).toFixed(1);
  const y = latitude => +(height / 2 - (latitude - (south + north) / 2) * perDegree).toFixed(1);
  add(svg, 'rect', { x: 0.5, y: 0.5, width: width - 1, height: height - 1, fill: '#fafbfc', stroke: '#dde3ea' });
  const place = (px, py) => [(px - width / 2) / (squeeze * perDegree) + (west + east) / 2, (height / 2 - py) / perDegree + (south + north) / 2];
  return { svg, x, y, width, height, place, scale: () => {
    const kilometre = perDegree / 111.2, long = scaleKilometres(width / kilometre);
    add(svg, 'path', { d: `M12 ${height - 18}v6h${(long * kilometre).toFixed(1)}v-6`, fill: 'none', stroke: '#1d2733' });
    add(svg, 'text', { x: 16, y: height - 18, 'font-size': 12, fill: '#1d2733' }, long < 1 ? long * 1000 + ' m' : long + ' km');
  } };
}

function stations(map, heard) {
  data.stations.forEach(p => {
    const px = map.x(p.longitude), py = map.y(p.latitude);
    const mark = add(map.svg, 'path', { d: `M${px} ${py - 8}l7 13h-14z`, fill: heard(p.name) ? '#c62828' : '#fff', stroke: '#c62828', 'stroke-width': 1.5 });
    add(mark, 'title', {}, p.name);
    if (data.stations.length <= 12) {
      const anchor = px < 60 ? 'start' : px > map.width - 60 ? 'end' : 'middle';
      add(map.svg, 'text', { x: px, y: py - 12, 'font-size': 12, 'text-anchor': anchor, fill: '#c62828', stroke: '#fff', 'stroke-width': 3, 'paint-order': 'stroke' }, p.name);
    }
  });
}

function dot(map, longitude, latitude, name, style) {
  const mark = add(map.svg, 'circle', { cx: map.x(longitude), cy: map.y(latitude), r: 5.5, 'stroke-width': 2.5, ...style });
  add(mark, 'title', {}, name);
}

/** A legend: a coloured square or dot and a name each. */
function legend(id, entries) {
  document.getElementById(id).replaceChildren(...entries.map(([name, fill, stroke]) => {
    const item = document.createElement('span');
    const mark = document.createElement('i');
    mark.style.background = fill;
    mark.style.border = '2px solid ' + (stroke ?? fill);
    item.append(mark, name);
    return item;
  }));
}

const BAND = '#8a5cf6', WEDGE = '#b45309', PRODUCT = '#1a9850';
const radians = degrees => degrees * Math.PI / 180;

/** Metres between two places [longitude, latitude] on a sphere. */
function metres([a, b], [c, d]) {
  const h = Math.sin(radians(d - b) / 2) ** 2 + Math.cos(radians(b)) * Math.cos(radians(d)) * Math.sin(radians(c - a) / 2) ** 2;
  return 2 * 6371e3 * Math.asin(Math.sqrt(Math.min(1, h)));
}

/** The initial direction from one place to another, degrees clockwise from north. */
function azimuth([a, b], [c, d]) {
  const east = radians(c - a), from = radians(b), to = radians(d);
  return Math.atan2(Math.sin(east) * Math.cos(to), Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(east)) * 180 / Math.PI;
}

/** The part of a polygon of corners [x, y, z] where sign * z is at most a limit. */
function clipped(corners, sign, most) {
  return corners.flatMap((a, i) => {
    const b = corners[(i + 1) % corners.length], over = most - sign * a[2], under = most - sign * b[2];
    const kept = over >= 0 ? [a] : [];
    if (over >= 0 !== under >= 0) {
      const t = over / (over - under);
      kept.push(a.map((v, k) => v + t * (b[k] - v)));
    }
    return kept;
  });
}

/** Shades where a residual is within two sigma, cell by cell, and draws the line where it is 0. */
function strip(map, name, colour, sigmas, jump) {
  const side = 6, columns = Math.ceil(map.width / side), rows = Math.ceil(map.height / side);
  const at = Array.from({ length: rows + 1 }, (_, r) => Array.from({ length: columns + 1 }, (_, c) => [c * side, r * side, sigmas(map.place(c * side, r * side))]));
  let area = '', line = '';
  const text = points => points.map(p => p[0].toFixed(1) + ' ' + p[1].toFixed(1)).join('L');
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const cell = [at[r][c], at[r][c + 1], at[r + 1][c + 1], at[r + 1][c]], z = cell.map(p => p[2]);
      if (Math.max(...z) - Math.min(...z) > jump) continue;
      const within = clipped(clipped(cell, 1, 2), -1, 2);
      if (within.length > 2) area += 'M' + text(within) + 'Z';
      const zeros = clipped(cell, 1, 0).filter(p => Math.abs(p[2]) < 1e-9 * (1 + Math.max(...z.map(Math.abs))));
      if (zeros.length === 2) line += 'M' + text(zeros);
    }
  }
  const shade = add(map.svg, 'path', { d: area, fill: colour, 'fill-opacity': 0.22, 'shape-rendering': 'crispEdges' });
  add(shade, 'title', {}, name + ', two sigma');
  add(add(map.svg, 'path', { d: line, fill: 'none', stroke: colour }), 'title', {}, name);
}

/** Draws what each delay and each bearing says: its residual is known at the likeliest place, and how it changes away from there. */
function bands(map, product) {
  const c = 299792458, there = product.likeliest;
  product.delays.forEach(d => {
    const path = p => metres(p, d.first) - metres(p, d.second);
    strip(map, d.name, BAND, p => (d.residualS + (path(there) - path(p)) / c) / d.sigmaS, Infinity);
  });
  product.bearings.forEach(b => {
    const direction = azimuth(b.station, there);
    strip(map, b.name, WEDGE, p => {
      const r = b.residualDeg + direction - azimuth(b.station, p);
      return (r - 360 * Math.round(r / 360)) / b.sigmaDeg;
    }, 180 / b.sigmaDeg);
  });
}

function drawProduct(map, product) {
  product.regions.forEach(r => {
    const path = r.rings.map(ring => 'M' + pairs(ring).map(([a, b]) => map.x(a) + ' ' + map.y(b)).join('L') + 'Z').join('');
    const region = add(map.svg, 'path', { d: path, fill: PRODUCT, 'fill-opacity': 0.25, stroke: PRODUCT, 'fill-rule': 'evenodd' });
    add(region, 'title', {}, `all evidence: ${Math.round(100 * r.level)} %, ${area(r.areaKm2)}`);
  });
  dot(map, ...product.mean, 'estimate by all evidence', { fill: '#fff', stroke: PRODUCT });
}

const SHADES = { 0.95: '#e3edfd', 0.9: '#c4dafa', 0.68: '#8fb8f6', 0.5: '#5593f0' };

function drawSession(regions) {
  const s = details.sessions[regions.session];
  const rings = regions.regions.flatMap(r => r.rings).map(pairs);
  const heard = new Set(s.heard);
  const map = ground('regions', [...data.stations.map(p => [p.longitude, p.latitude]), [s.longitude, s.latitude],
    [s.estimatedLongitude, s.estimatedLatitude], ...rings.flat()]);
  const product = details.products.find(p => p.session === regions.session);
  if (product) bands(map, product);
  regions.regions.forEach(r => {
    const path = r.rings.map(ring => 'M' + pairs(ring).map(([a, b]) => map.x(a) + ' ' + map.y(b)).join('L') + 'Z').join('');
    const region = add(map.svg, 'path', { d: path, fill: SHADES[r.level], 'fill-opacity': product ? 0.5 : 1, stroke: '#1f6feb', 'fill-rule': 'evenodd' });
    add(region, 'title', {}, `${Math.round(100 * r.level)} %, ${area(r.areaKm2)}`);
  });
  if (product) drawProduct(map, product);
  stations(map, name => heard.has(name));
  dot(map, s.estimatedLongitude, s.estimatedLatitude, 'estimate', { fill: '#fff', stroke: '#1f6feb' });
  dot(map, s.longitude, s.latitude, 'transmitter', { fill: '#1d2733', stroke: '#fff' });
  map.scale();
  const best = details.methods[smallest(s.errorsMetres)];
  document.getElementById('about').textContent =
    `${s.id}: error ${kilometres(s.errorsMetres[0])}, heard by ${s.heard.length} (${s.heard.join(', ')})`
    + (s.snrDb == null ? '' : `, signal-to-noise ratio ${s.snrDb.toFixed(0)} dB`)
    + `; 90 % region ${area(regions.regions.find(r => r.level === 0.9).areaKm2)}; nearest: ${best}`;
}

function sessionMap() {
  if (!unless(details.regions.length > 0, 'sessions')) return;
  const choice = document.getElementById('session');
  details.regions.forEach((r, k) => {
    const s = details.sessions[r.session];
    choice.add(new Option(`${k + 1}. ${s.id}: ${kilometres(s.errorsMetres[0])}`, k));
  });
  document.getElementById('shown').textContent = details.regions.length < details.sessions.length
    ? `${details.regions.length} of ${details.sessions.length} sessions are listed, spread evenly over the errors.` : '';
  legend('regionlegend', [...Object.entries(SHADES).sort((a, b) => a[0] - b[0]).map(([level, fill]) => [Math.round(100 * level) + ' %', fill, '#1f6feb']),
    ['transmitter', '#1d2733'], ['estimate', '#fff', '#1f6feb'], ['heard', '#c62828'], ['not heard', '#fff', '#c62828'],
    ...(details.products.length > 0 ? [['all evidence', '#d5efdf', PRODUCT], ['delay, two sigma', BAND], ['bearing, two sigma', WEDGE]] : [])]);
  const show = () => drawSession(details.regions[choice.value]);
  const step = by => {
    choice.selectedIndex = Math.max(0, Math.min(choice.options.length - 1, choice.selectedIndex + by));
    show();
  };
  choice.addEventListener('change', show);
  document.getElementById('worse').addEventListener('click', () => step(-1));
  document.getElementById('better').addEventListener('click', () => step(1));
  choice.selectedIndex = Math.floor(details.regions.length / 2);
  show();
  addEventListener('resize', show);
}

const COLOURS = ['#5470c6', '#91cc75', '#fac858', '#ee6666', '#73c0de', '#3ba272', '#fc8452', '#9a60b4', '#ea7ccc'];

/** From blue for the smallest errors over yellow to red. */
function warmth(share) {
  return `hsl(${Math.round(215 * (1 - share))} 70% 60%)`;
}

function cellMap() {
  if (!unless(details.cells.length > 0, 'bycell')) return;
  const value = document.getElementById('cellvalue');
  const medians = details.cells.map(c => c.errors.p50Metres[0]);
  const low = Math.min(...medians), high = Math.max(...medians);
  const show = () => {
    const best = value.value === 'best';
    const map = ground('cells', [...data.stations.map(p => [p.longitude, p.latitude]),
      ...details.cells.flatMap(c => [[c.west, c.south], [c.east, c.north]])]);
    details.cells.forEach(c => {
      const winner = smallest(c.errors.rmsMetres);
      const left = map.x(c.west), top = map.y(c.north);
      const cell = add(map.svg, 'rect', { x: left, y: top, width: map.x(c.east) - left, height: map.y(c.south) - top, stroke: '#fff',
        fill: best ? COLOURS[winner % COLOURS.length] : warmth((c.errors.p50Metres[0] - low) / Math.max(1e-9, high - low)) });
      add(cell, 'title', {}, `${c.errors.sessions} sessions, median error ${kilometres(c.errors.p50Metres[0])}, smallest RMS: ${details.methods[winner]}`);
    });
    stations(map, () => true);
    map.scale();
    legend('celllegend', best
      ? [...new Set(details.cells.map(c => smallest(c.errors.rmsMetres)))].sort((a, b) => a - b).map(m => [details.methods[m], COLOURS[m % COLOURS.length]])
      : [0, 0.25, 0.5, 0.75, 1].map(share => [kilometres(low + share * (high - low)), warmth(share)]));
  };
  value.addEventListener('change', show);
  show();
  addEventListener('resize', show);
}

function slices(section, id, list, unit) {
  if (!unless(list.length > 0, section)) return;
  draw(id, {
    tooltip: { trigger: 'axis', valueFormatter: v => v == null ? '' : Number(v).toPrecision(3) + ' km' },
    legend: { top: 0, type: 'scroll' },
    grid: { top: 40, bottom: 68, left: 55, right: 15 },
    xAxis: { type: 'category', name: unit, nameLocation: 'middle', nameGap: 42, data: list.map(s => `${s.name}\n(${s.sessions})`), axisLabel: { interval: 0, lineHeight: 15 } },
    yAxis: { type: 'value', name: 'median error, km', nameLocation: 'middle', nameGap: 38, min: 0 },
    series: details.methods.map((name, m) => ({ name, type: 'line', symbolSize: m === 0 ? 8 : 5, lineStyle: { width: m === 0 ? 3 : 1.5 }, data: list.map(s => s.p50Metres[m] / 1000) })),
  });
}

function coverage() {
  if (!unless(details.coverage.length > 0, 'coverage')) return;
  draw('coverageplot', {
    tooltip: { trigger: 'axis', valueFormatter: v => v == null ? '' : (100 * v).toFixed(0) + ' %' },
    legend: { top: 0, type: 'scroll' },
    grid: { top: 40, bottom: 50, left: 55, right: 20 },
    xAxis: axis('stated probability', { min: 0, max: 1 }),
    yAxis: axis('coverage', { min: 0, max: 1, nameGap: 36 }),
    series: [
      line('ideal', [[0, 0], [1, 1]], { lineStyle: { type: 'dashed', color: '#9aa5b1' }, itemStyle: { color: '#9aa5b1' } }),
      ...details.coverage.map((c, m) => line(c.method, c.observed.map((held, k) => [(k + 1) / 20, held]), { lineStyle: { width: m === 0 ? 3 : 1.5 } })),
    ],
  });
}

function wins() {
  if (!unless(details.methods.length > 1, 'wins')) return;
  const table = document.getElementById('winstable');
  const row = (cells, kind) => {
    const line = table.insertRow();
    cells.forEach((text, i) => {
      const cell = document.createElement(kind ?? (i === 0 ? 'th' : 'td'));
      cell.textContent = text;
      line.append(cell);
    });
  };
  row(['sessions', 'smallest RMS', ...details.methods.map(name => 'nearest: ' + name)], 'th');
  const part = (title, list) => list.forEach(s => row([`${title(s.name)} (${s.sessions})`,
    `${details.methods[smallest(s.rmsMetres)]}, ${kilometres(Math.min(...s.rmsMetres))}`,
    ...s.nearest.map(n => Math.round(100 * n / s.sessions) + ' %')]));
  part(n => n + (n === '1' ? ' station' : ' stations'), details.byStations);
  part(n => 'SNR ' + n + ' dB', details.bySnr);
}

sessionMap();
cellMap();
slices('bystations', 'stationsplot', details.byStations, 'stations (sessions)');
slices('bysnr', 'snrplot', details.bySnr, 'dB (sessions)');
coverage();
wins();
