'use strict';
/** Maps on Leaflet: land, borders and towns of the page itself, and over them what a session's evidence says. */
const GroundMap = (() => {
  const shade = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const radians = degrees => degrees * Math.PI / 180;
  const at = ([longitude, latitude]) => [latitude, longitude];
  const text = words => { const node = document.createElement('span'); node.textContent = words; return node; };

  /** A canvas that is drawn anew where the map comes to rest; while it is dragged, it goes along. */
  const Painted = L.Layer.extend({
    initialize(paint, pane) { this.paint = paint; this.pane = pane; },
    onAdd(map) {
      this.canvas = L.DomUtil.create('canvas', 'leaflet-zoom-hide', map.getPane(this.pane));
      this.canvas.style.pointerEvents = 'none';
      map.on('moveend zoomend resize', this.redraw, this);
      this.redraw();
    },
    onRemove(map) {
      map.off('moveend zoomend resize', this.redraw, this);
      this.canvas.remove();
    },
    redraw() {
      const map = this._map, size = map.getSize(), sharp = Math.min(2, devicePixelRatio || 1);
      L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
      Object.assign(this.canvas, { width: size.x * sharp, height: size.y * sharp });
      Object.assign(this.canvas.style, { width: size.x + 'px', height: size.y + 'px' });
      if (size.x === 0 || size.y === 0) return;
      const pen = this.canvas.getContext('2d');
      pen.scale(sharp, sharp);
      this.paint(pen, map, size);
    },
  });

  /** Paints a field of the plane: value(longitude, latitude, and the steps of both to the next cell) is the opacity, 0 to 1, of a colour. */
  function field(value, colour, pane) {
    const cell = 3;
    return new Painted((pen, map, size) => {
      const columns = Math.ceil(size.x / cell), rows = Math.ceil(size.y / cell);
      const longitudes = Array.from({ length: columns }, (_, c) => map.containerPointToLatLng([(c + 0.5) * cell, 0]).lng);
      const small = new OffscreenCanvas(columns, rows), brush = small.getContext('2d'), image = brush.createImageData(columns, rows);
      brush.fillStyle = shade(colour);
      brush.fillRect(0, 0, 1, 1);
      const [red, green, blue] = brush.getImageData(0, 0, 1, 1).data;
      for (let r = 0; r < rows; r++) {
        const latitude = map.containerPointToLatLng([0, (r + 0.5) * cell]).lat, below = map.containerPointToLatLng([0, (r + 1.5) * cell]).lat;
        for (let c = 0; c < columns; c++) {
          image.data.set([red, green, blue, 255 * value(longitudes[c], latitude, longitudes[1] - longitudes[0], below - latitude)], 4 * (r * columns + c));
        }
      }
      brush.putImageData(image, 0, 0);
      pen.imageSmoothingEnabled = true;
      pen.drawImage(small, 0, 0, columns * cell, rows * cell);
    }, pane);
  }

  /** Where a residual is about zero, in sigmas; a band of less than a cell is as wide as one. A residual that jumps turns round there. */
  function band(sigmas) {
    return (a, b, da, db) => {
      const z = sigmas([a, b]);
      if (Math.abs(z) > 500) return 0;
      const slope = Math.abs(sigmas([a + da, b]) - z) + Math.abs(sigmas([a, b + db]) - z);
      return 0.5 * Math.exp(-((z / Math.max(1, 0.7 * slope)) ** 2) / 2);
    };
  }

  function points(numbers) {
    const list = [];
    let x = 0, y = 0;
    for (let k = 0; k < numbers.length; k += 2) {
      x += numbers[k];
      y += numbers[k + 1];
      list.push([x / 1000, y / 1000]);
    }
    return list;
  }

  /** Paints land, coast, borders and as many of the larger towns as have room for their names. */
  function ground(earth) {
    const boxed = numbers => {
      const list = points(numbers), box = { list, west: 999, south: 999, east: -999, north: -999 };
      list.forEach(([x, y]) => {
        box.west = Math.min(box.west, x);
        box.east = Math.max(box.east, x);
        box.south = Math.min(box.south, y);
        box.north = Math.max(box.north, y);
      });
      return box;
    };
    const allLand = earth.land.map(boxed), allBorders = earth.borders.map(boxed);
    const edge = (a, b) => (a[0] === b[0] && (a[0] === earth.west || a[0] === earth.east)) || (a[1] === b[1] && (a[1] === earth.south || a[1] === earth.north));
    return new Painted((pen, map, size) => {
      const place = p => map.latLngToContainerPoint(at(p));
      const view = map.getBounds(), seen = b => b.west < view.getEast() && b.east > view.getWest() && b.south < view.getNorth() && b.north > view.getSouth();
      const land = allLand.filter(seen).map(b => b.list), borders = allBorders.filter(seen).map(b => b.list);
      const line = (list, skip) => list.forEach((p, k) => {
        const q = place(p);
        if (k === 0 || skip?.(list[k - 1], p)) pen.moveTo(q.x, q.y); else pen.lineTo(q.x, q.y);
      });
      pen.beginPath();
      land.forEach(ring => { line(ring); pen.closePath(); });
      pen.fillStyle = shade('land');
      pen.fill('evenodd');
      pen.beginPath();
      land.forEach(ring => line(ring, edge));
      pen.strokeStyle = shade('coast');
      pen.lineWidth = 1;
      pen.stroke();
      pen.beginPath();
      borders.forEach(border => line(border));
      pen.strokeStyle = shade('border');
      pen.setLineDash([6, 4]);
      pen.stroke();
      pen.setLineDash([]);
      towns(pen, place, size);
    }, 'earth');

    function towns(pen, place, size) {
      pen.font = '11px system-ui, sans-serif';
      pen.fillStyle = shade('town');
      pen.strokeStyle = shade('land');
      pen.lineWidth = 3;
      const taken = [], most = size.x * size.y / 16000;
      for (const [name, x, y] of earth.towns) {
        const p = place([x / 1000, y / 1000]);
        if (p.x < 4 || p.y < 8 || p.x > size.x - 20 || p.y > size.y - 8) continue;
        const box = [p.x - 5, p.y - 9, p.x + 8 + pen.measureText(name).width, p.y + 9];
        if (taken.some(t => box[0] < t[2] + 14 && t[0] < box[2] + 14 && box[1] < t[3] + 8 && t[1] < box[3] + 8)) continue;
        taken.push(box);
        pen.beginPath();
        pen.arc(p.x, p.y, 2, 0, 7);
        pen.fill();
        pen.strokeText(name, p.x + 5, p.y + 4);
        pen.fillText(name, p.x + 5, p.y + 4);
        if (taken.length > most) break;
      }
    }
  }

  /** The density of a mixture of normals over its largest value at a component's mean: w, longitude, latitude, sigmas in metres, correlation. */
  function mixture(list) {
    const parts = list.map(([w, a, b, sx, sy, r]) => ({ a, b, sx, sy, r, east: 111195 * Math.cos(radians(b)), peak: w / (sx * sy * Math.sqrt(1 - r * r)) }));
    const density = (longitude, latitude) => parts.reduce((sum, p) => {
      const x = (longitude - p.a) * p.east / p.sx, y = (latitude - p.b) * 111195 / p.sy;
      return sum + p.peak * Math.exp(-(x * x - 2 * p.r * x * y + y * y) / (2 * (1 - p.r * p.r)));
    }, 0);
    const most = Math.max(...parts.map(p => density(p.a, p.b)));
    return (longitude, latitude) => 0.75 * Math.sqrt(density(longitude, latitude) / most);
  }

  /** What a raster of densities holds, 0 to 9 of the square root of the largest, from the north-west. */
  function raster(grid) {
    const { west, south, east, north, side, values } = grid;
    return (longitude, latitude) => {
      const c = Math.floor((longitude - west) / (east - west) * side), r = Math.floor((north - latitude) / (north - south) * side);
      return c < 0 || r < 0 || c >= side || r >= side ? 0 : 0.75 * values.charCodeAt(r * side + c) / 9 - 0.75 * 48 / 9;
    };
  }

  const rings = list => list.map(ring => Array.from({ length: ring.length / 2 }, (_, k) => [ring[2 * k + 1], ring[2 * k]]));

  /** A side of a mark where its name has room: beside the names that are taken, and within the map; undefined where there is none. */
  function side(map, s, words, taken) {
    const p = map.latLngToContainerPoint([s.latitude, s.longitude]), size = map.getSize(), wide = 7.3 * words.length + 6;
    const boxes = { top: [p.x - wide / 2, p.y - 24], bottom: [p.x - wide / 2, p.y + 6], right: [p.x + 8, p.y - 9], left: [p.x - 8 - wide, p.y - 9] };
    return Object.keys(boxes).find(key => {
      const [x, y] = boxes[key];
      if (x < 0 || x + wide > size.x || taken.some(t => x < t[0] + t[2] && t[0] < x + wide && y < t[1] + 15 && t[1] < y + 15)) return false;
      taken.push([x, y, wide]);
      return true;
    });
  }

  function triangle(map, s, taken) {
    const icon = L.divIcon({ className: '', iconSize: [16, 15], iconAnchor: [8, 10],
      html: `<svg width="16" height="15"><path d="M8 1l7 13H1z" fill="${s.heard === false ? 'var(--land)' : 'var(--station)'}" stroke="var(--station)" stroke-width="1.5"/></svg>` });
    const words = s.name + (s.levelDb == null ? '' : ' ' + s.levelDb.toFixed(0).replace('-', '−') + ' dB');
    const direction = map.named ? side(map, s, words, taken) : undefined;
    const offset = { top: [0, -8], bottom: [0, 2], right: [6, -2], left: [-6, -2] }[direction ?? 'top'];
    return L.marker([s.latitude, s.longitude], { icon, alt: s.name, keyboard: false })
      .bindTooltip(text(words), direction ? { permanent: true, direction, offset, className: 'mark' } : { direction: 'top', offset });
  }

  function dot(p, style, words) {
    return L.circleMarker(at(p), { radius: 5.5, weight: 2.5, fillOpacity: 1, ...style }).bindTooltip(text(words));
  }

  /** One body of evidence: its density as a heat map, its regions, its estimate. */
  function belief(group, b) {
    const colour = `var(--${b.colour})`;
    if (b.heat) field(b.heat.components ? mixture(b.heat.components) : raster(b.heat), b.colour, 'fields').addTo(group);
    b.regions.forEach(r => L.polygon(rings(r.rings), { color: colour, weight: r.level > 0.8 ? 1 : 1.5, fillColor: colour, fillOpacity: b.heat ? 0.03 : 0.12, fillRule: 'evenodd' })
      .bindTooltip(text(`${b.name}: ${Math.round(100 * r.level)} % within ${Number(r.areaKm2.toPrecision(3))} km²`), { sticky: true }).addTo(group));
    if (b.mean) dot(b.mean, { fillColor: 'var(--paper)', color: colour }, 'estimate: ' + b.name).addTo(group);
  }

  /**
   * Makes a map in an element.
   * @param earth what is drawn behind, or null
   * @param tiles url and maker of a tile server's pictures, or null: nothing is fetched
   */
  function make(element, earth, tiles) {
    const map = L.map(element, { zoomAnimation: false, fadeAnimation: false, zoomSnap: 0.25, zoomDelta: 0.5, attributionControl: true });
    map.attributionControl.setPrefix(false);
    [['earth', 210], ['fields', 350]].forEach(([name, z]) => { map.createPane(name).style.zIndex = z; });
    if (earth) {
      map.attributionControl.addAttribution('Natural Earth; towns: GeoNames, CC BY 4.0');
      if (!tiles) map.setMaxBounds([[earth.south, earth.west], [earth.north, earth.east]]);
    }
    let behind = null;
    const draw = () => { if (earth) behind = ground(earth).addTo(map); };
    if (tiles) L.tileLayer(tiles.url, { maxZoom: 19, attribution: text(tiles.by).innerHTML }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 90 }).addTo(map);
    const pointer = L.control({ position: 'topright' });
    pointer.onAdd = () => L.DomUtil.create('div', 'pointer');
    pointer.addTo(map);
    map.on('mousemove', e => { pointer.getContainer().textContent = `${e.latlng.lat.toFixed(4)}, ${e.latlng.lng.toFixed(4)}`; });
    map.on('mouseout', () => { pointer.getContainer().textContent = ''; });
    let shown = [], control = null;
    const off = new Set();
    map.on('overlayremove', e => off.add(e.name));
    map.on('overlayadd', e => off.delete(e.name));

    /** Shows a scene in place of the one before; what a person has switched off stays off. */
    function show(scene) {
      control?.remove();
      shown.forEach(layer => layer.remove());
      shown = [];
      const switches = {};
      const add = (name, fill) => {
        const group = L.layerGroup();
        fill(group);
        shown.push(group);
        if (name) switches[name] = group;
        if (!name || !off.has(name)) group.addTo(map);
      };
      const stations = scene.stations ?? [];
      map.named = stations.length <= 12;
      const box = L.latLngBounds([...(scene.fit ?? []), ...stations.map(s => [s.longitude, s.latitude])].map(at));
      control = null;
      if (!box.isValid()) return;
      map.setMinZoom(0);
      map.fitBounds(box.pad(0.06), { animate: false, maxZoom: 13, padding: [14, 14] });
      if (earth && !tiles) map.setMinZoom(Math.min(map.getZoom(), map.getBoundsZoom(map.options.maxBounds, true)));
      if (!behind && !tiles) draw();
      (scene.beliefs ?? []).forEach(b => add(b.name, group => belief(group, b)));
      const kinds = [...new Set((scene.strips ?? []).map(s => s.kind))];
      kinds.forEach(kind => add(kind + 's', group => scene.strips.filter(s => s.kind === kind).forEach(s =>
        field(band(s.sigmas), kind, 'fields').addTo(group))));
      add(null, group => {
        (scene.cells ?? []).forEach(c => L.rectangle([[c.south, c.west], [c.north, c.east]], { color: 'var(--paper)', weight: 1, fillColor: c.colour, fillOpacity: 0.75 }).bindTooltip(text(c.words), { sticky: true }).addTo(group));
        (scene.errors ?? []).forEach(e => {
          L.polyline([at(e.truth), at(e.estimate)], { color: 'var(--soft)', weight: 1 }).addTo(group);
          dot(e.truth, { radius: 3.5, weight: 1, fillColor: 'var(--ink)', color: 'var(--paper)' }, e.words).on('click', () => e.choose?.()).addTo(group);
          dot(e.estimate, { radius: 3.5, weight: 2, fillColor: 'var(--paper)', color: 'var(--by-levels)' }, e.words).on('click', () => e.choose?.()).addTo(group);
        });
        const taken = stations.map(s => map.latLngToContainerPoint([s.latitude, s.longitude])).map(p => [p.x - 8, p.y - 10, 16]);
        stations.forEach(s => triangle(map, s, taken).addTo(group));
        if (scene.truth) dot(scene.truth, { fillColor: 'var(--ink)', color: 'var(--paper)' }, 'transmitter').addTo(group);
      });
      control = Object.keys(switches).length > 1 ? L.control.layers(null, switches, { collapsed: false, position: 'topright' }).addTo(map) : null;
    }
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => map.fire('moveend'));
    return { show, leaflet: map };
  }

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

  /** What each delay and each bearing says: its residual is known at the likeliest place, and how it changes away from there. */
  function strips(product) {
    const c = 299792458, there = product.likeliest;
    const delays = product.delays.map(d => {
      const path = p => metres(p, d.first) - metres(p, d.second), here = path(there);
      return { kind: 'delay', name: d.name, sigmas: p => (d.residualS + (here - path(p)) / c) / d.sigmaS };
    });
    return [...delays, ...product.bearings.map(b => {
      const direction = azimuth(b.station, there);
      return { kind: 'bearing', name: b.name, sigmas: p => {
        const r = b.residualDeg + direction - azimuth(b.station, p);
        return (r - 360 * Math.round(r / 360)) / b.sigmaDeg;
      } };
    })];
  }

  /** Fills a list of choices, for the mouse and the arrow keys; choose gets the number of the chosen one. */
  function list(element, entries, choose) {
    element.setAttribute('role', 'listbox');
    element.tabIndex = 0;
    let chosen = -1;
    const options = entries.map(([name, value], k) => {
      const option = document.createElement('li');
      option.setAttribute('role', 'option');
      option.id = element.id + '-' + k;
      option.title = name;
      option.append(text(name), text(value));
      option.addEventListener('click', () => pick(k));
      return option;
    });
    element.replaceChildren(...options);
    function pick(k) {
      if (k === chosen || k < 0 || k >= options.length) return;
      options.forEach((option, n) => option.setAttribute('aria-selected', String(n === k)));
      element.setAttribute('aria-activedescendant', options[k].id);
      const o = options[k];
      if (o.offsetTop < element.scrollTop) element.scrollTop = o.offsetTop;
      if (o.offsetTop + o.offsetHeight > element.scrollTop + element.clientHeight) element.scrollTop = o.offsetTop + o.offsetHeight - element.clientHeight;
      chosen = k;
      choose(k);
    }
    element.onkeydown = e => {
      const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1, Home: 0, End: options.length - 1, PageDown: Math.min(options.length - 1, chosen + 10), PageUp: Math.max(0, chosen - 10) }[e.key];
      if (to === undefined) return;
      e.preventDefault();
      pick(to);
    };
    return pick;
  }

  /** Points of rings that are x, y, x, y, ... each. */
  const flat = rings => rings.flatMap(ring => Array.from({ length: ring.length / 2 }, (_, k) => [ring[2 * k], ring[2 * k + 1]]));

  /** What a map shows of one located session: its posterior with regions, what delays and bearings say, its stations. */
  const scene = session => ({
    fit: [session.mean, ...(session.truth ? [session.truth] : []), ...flat(session.regions.flatMap(r => r.rings))],
    stations: session.stations,
    beliefs: [{ name: 'posterior', colour: 'by-levels', regions: session.regions, heat: session.heat, mean: session.mean }],
    strips: strips(session),
    truth: session.truth,
  });

  /** A legend: a coloured dot and a name each. */
  function legend(id, entries) {
    document.getElementById(id).replaceChildren(...entries.map(([name, fill, stroke]) => {
      const item = document.createElement('span');
      const mark = document.createElement('i');
      mark.style.background = fill;
      mark.style.borderColor = stroke ?? fill;
      item.append(mark, name);
      return item;
    }));
  }

  /** The legend of the scenes of sessions: what any of them shows. */
  const sceneLegend = (id, sessions) => legend(id, [['estimate', 'var(--paper)', 'var(--by-levels)'], ['station', 'var(--station)'], ['not heard', 'var(--land)', 'var(--station)'],
    ...(sessions.some(s => s.truth) ? [['known place', 'var(--ink)']] : []),
    ...(sessions.some(s => s.delays.length) ? [['delay', 'var(--delay)']] : []), ...(sessions.some(s => s.bearings.length) ? [['bearing', 'var(--bearing)']] : [])]);

  return { make, scene, sceneLegend, strips, list, legend, flat };
})();
