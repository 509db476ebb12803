const details = data.details;
const { legend, flat } = GroundMap;
const area = km2 => Number(km2.toPrecision(3)) + ' km²';
const kilometres = m => m == null ? '–' : Number((m / 1000).toPrecision(3)) + ' km';

/** Takes a section away that has nothing to show. */
function unless(shown, id) {
  if (!shown) document.getElementById(id).remove();
  return shown;
}

const smallest = list => list.indexOf(Math.min(...list));

/** What a session's map shows: the network's posterior, the product of all evidence where there is more, stations and transmitter. */
function sessionScene(entry) {
  const s = details.sessions[entry.session], product = details.products.find(p => p.session === entry.session), heard = new Set(s.heard);
  const estimate = [s.estimatedLongitude, s.estimatedLatitude], truth = [s.longitude, s.latitude];
  const beliefs = [{ name: product ? 'levels' : 'posterior', colour: 'by-levels', regions: entry.regions, heat: entry.heat, mean: estimate }];
  if (product) beliefs.push({ name: 'all evidence', colour: 'by-all', regions: product.regions, mean: product.mean });
  return {
    fit: [truth, estimate, ...flat(entry.regions.flatMap(r => r.rings))],
    stations: data.stations.map(p => ({ ...p, heard: heard.has(p.name), levelDb: s.levelsDb?.[p.name] })),
    beliefs, strips: product ? GroundMap.strips(product) : [], truth,
  };
}

function about(entry) {
  const s = details.sessions[entry.session], best = details.methods[smallest(s.errorsMetres)];
  return `${s.id}: error ${kilometres(s.errorsMetres[0])}, heard by ${s.heard.length} (${s.heard.join(', ')})`
    + (s.snrDb == null ? '' : `, signal-to-noise ratio ${s.snrDb.toFixed(0)} dB`)
    + `; 90 % region ${area(entry.regions.find(r => r.level === 0.9).areaKm2)}; nearest: ${best}`;
}

/** The map of the sessions: all at first, with a line from each transmitter to its estimate; then the chosen one. */
function sessionMap() {
  const map = GroundMap.make(document.getElementById('map'), data.earth, data.tiles), entries = details.regions, words = document.getElementById('about');
  // Of more lines none could be told from another: some, evenly over the errors.
  const sorted = [...data.map].sort((a, b) => b.errorMetres - a.errorMetres), step = Math.max(1, Math.ceil(sorted.length / 60));
  const some = sorted.filter((s, k) => k % step === 0);
  const everything = {
    fit: data.map.flatMap(s => [[s.longitude, s.latitude], [s.estimatedLongitude, s.estimatedLatitude]]),
    stations: data.stations,
    errors: some.map(s => ({ truth: [s.longitude, s.latitude], estimate: [s.estimatedLongitude, s.estimatedLatitude], words: `${s.id}: error ${kilometres(s.errorMetres)}`,
      choose: () => pick(1 + entries.findIndex(e => details.sessions[e.session].id === s.id)) })),
  };
  document.getElementById('shown').textContent = entries.length < details.sessions.length
    ? `${entries.length} of ${details.sessions.length} sessions are listed, spread evenly over the errors.` : '';
  legend('maplegend', [['transmitter', 'var(--ink)'], ['estimate', 'var(--paper)', 'var(--by-levels)'], ['heard', 'var(--station)'], ['not heard', 'var(--land)', 'var(--station)'],
    ...(details.products.length > 0 ? [['estimate by all evidence', 'var(--paper)', 'var(--by-all)'], ['delay', 'var(--delay)'], ['bearing', 'var(--bearing)']] : [])]);
  const rows = [[`All ${data.map.length} sessions`, ''], ...entries.map(e => details.sessions[e.session]).map(s => [s.id, kilometres(s.errorsMetres[0])])];
  const pick = GroundMap.list(document.getElementById('sessionlist'), rows, k => {
    map.show(k === 0 ? everything : sessionScene(entries[k - 1]));
    words.textContent = k === 0 ? 'Each line runs from a transmitter (filled) to its estimate (hollow).' + (step > 1 ? ` ${some.length} of ${data.map.length} sessions are drawn, spread evenly over the errors.` : '') : about(entries[k - 1]);
  });
  pick(0);
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
  const map = GroundMap.make(document.getElementById('cells'), data.earth, data.tiles);
  const show = () => {
    const best = value.value === 'best';
    map.show({
      stations: data.stations,
      fit: details.cells.flatMap(c => [[c.west, c.south], [c.east, c.north]]),
      cells: details.cells.map(c => {
        const winner = smallest(c.errors.rmsMetres);
        return { ...c, colour: best ? COLOURS[winner % COLOURS.length] : warmth((c.errors.p50Metres[0] - low) / Math.max(1e-9, high - low)),
          words: `${c.errors.sessions} sessions, median error ${kilometres(c.errors.p50Metres[0])}, smallest RMS: ${details.methods[winner]}` };
      }),
    });
    legend('celllegend', best
      ? [...new Set(details.cells.map(c => smallest(c.errors.rmsMetres)))].sort((a, b) => a - b).map(m => [details.methods[m], COLOURS[m % COLOURS.length]])
      : [0, 0.25, 0.5, 0.75, 1].map(share => [kilometres(low + share * (high - low)), warmth(share)]));
  };
  value.addEventListener('change', show);
  show();
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

/** Fills a table: the first row has the headings, which a narrow screen shows beside each cell. */
function fill(id, heads, rows) {
  const table = document.getElementById(id);
  [heads, ...rows].forEach((cells, r) => {
    const line = table.insertRow();
    cells.forEach((words, i) => {
      const cell = document.createElement(r === 0 || i === 0 ? 'th' : 'td');
      cell.textContent = words;
      cell.dataset.name = heads[i];
      line.append(cell);
    });
  });
}

function wins() {
  if (!unless(details.methods.length > 1, 'wins')) return;
  const part = (title, list) => list.map(s => [`${title(s.name)} (${s.sessions})`,
    `${details.methods[smallest(s.rmsMetres)]}, ${kilometres(Math.min(...s.rmsMetres))}`,
    ...s.nearest.map(n => Math.round(100 * n / s.sessions) + ' %')]);
  fill('winstable', ['sessions', 'smallest RMS', ...details.methods.map(name => 'nearest: ' + name)],
    [...part(n => n + (n === '1' ? ' station' : ' stations'), details.byStations), ...part(n => 'SNR ' + n + ' dB', details.bySnr)]);
}

function stationTable() {
  if (!unless(details.stations.length > 0, 'stations')) return;
  const signed = v => v == null ? '' : (v > 0 ? '+' : '') + v.toFixed(1) + ' dB';
  fill('stationstable', ['station', 'sessions heard', 'in service', 'median level', 'gain', 'drift'],
    details.stations.map(s => [s.name, s.heard, s.inService, s.medianLevelDb == null ? '' : s.medianLevelDb.toFixed(1) + ' dB', signed(s.gainDb), signed(s.driftDb)]));
}

/** A line for each station: the share of its values in each five decibels. */
function histograms(section, id, key, unit) {
  const shown = [...details.stations].filter(s => Object.keys(s[key]).length > 0).sort((a, b) => b.heard - a.heard).slice(0, 12);
  if (!unless(shown.length > 0, section)) return;
  const edges = shown.flatMap(s => Object.keys(s[key]).map(Number)), low = Math.min(...edges) - 5, high = Math.max(...edges) + 5;
  const columns = Array.from({ length: (high - low) / 5 + 1 }, (_, k) => low + 5 * k);
  draw(id, {
    tooltip: { trigger: 'axis', valueFormatter: v => v == null ? '' : v + ' sessions' },
    legend: { top: 0, type: 'scroll' },
    grid: { top: 40, bottom: 50, left: 55, right: 15 },
    xAxis: { type: 'category', name: unit, nameLocation: 'middle', nameGap: 32, data: columns.map(c => `${c}…${c + 5}`) },
    yAxis: axis('sessions', { min: 0, nameGap: 36, minInterval: 1 }),
    series: shown.map(s => line(s.name, columns.map(c => s[key][c] ?? 0), { step: 'middle' })),
  });
}

sessionMap();
cellMap();
slices('bystations', 'stationsplot', details.byStations, 'stations (sessions)');
slices('bysnr', 'snrplot', details.bySnr, 'dB (sessions)');
coverage();
wins();
stationTable();
histograms('levels', 'levelsplot', 'levels', 'level, dB');
histograms('ratios', 'ratiosplot', 'ratios', 'signal-to-noise ratio, dB');
