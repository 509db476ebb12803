'use strict';
const charts = [];

function draw(id, option) {
  const chart = echarts.init(document.getElementById(id));
  // Drawn, never put into the page as HTML: names of stations and sessions are text.
  chart.setOption({ animation: false, ...option, tooltip: { renderMode: 'richText', ...option.tooltip } });
  charts.push(chart);
}

function axis(name, more) {
  return { type: 'value', name, nameLocation: 'middle', nameGap: 32, scale: true, ...more };
}

function line(name, points, more) {
  return { name, type: 'line', data: points, showSymbol: false, ...more };
}

function errorCdf() {
  const limit = Math.max(...data.methods.flatMap(m => m.errorsMetres)) / 1000;
  draw('cdf', {
    tooltip: { trigger: 'axis', valueFormatter: v => v == null ? '' : (100 * v).toFixed(0) + ' %' },
    legend: { top: 0, type: 'scroll' },
    grid: { top: 40, bottom: 50 },
    xAxis: axis('error, km', { min: 0, max: Math.ceil(limit / 10) * 10 || 1 }),
    yAxis: axis('share', { min: 0, max: 1, nameGap: 36 }),
    series: data.methods.map((m, i) => {
      const sorted = [...m.errorsMetres].sort((a, b) => a - b);
      const points = [[0, 0], ...sorted.map((e, k) => [e / 1000, (k + 1) / sorted.length])];
      return line(m.name, points, { step: 'end', lineStyle: { width: i === 0 ? 3 : 1.5 } });
    }),
  });
}

function reliability() {
  const pick = key => data.reliability.filter(r => r[key] != null).map(r => [r.expected, r[key]]);
  draw('reliability', {
    tooltip: { trigger: 'axis', valueFormatter: v => (100 * v).toFixed(0) + ' %' },
    legend: { top: 0 },
    grid: { top: 40, bottom: 50 },
    xAxis: axis('stated probability', { min: 0, max: 1 }),
    yAxis: axis('coverage', { min: 0, max: 1, nameGap: 36 }),
    series: [
      line('ideal', [[0, 0], [1, 1]], { lineStyle: { type: 'dashed', color: '#9aa5b1' }, itemStyle: { color: '#9aa5b1' } }),
      line('before calibration', pick('before'), { showSymbol: true }),
      line('after calibration', pick('after'), { showSymbol: true, lineStyle: { width: 3 } }),
    ],
  });
}

function learningCurves() {
  if (data.epochs.length === 0) {
    document.getElementById('learning').closest('section').remove();
    return;
  }
  const pick = key => data.epochs.filter(e => e[key] != null).map(e => [e.epoch, e[key]]);
  // One wild epoch early on would flatten all that follows: the axis ends where nine tenths of the values do.
  const losses = data.epochs.flatMap(e => [e.trainLoss, e.validationLoss]).filter(v => v != null).sort((a, b) => a - b);
  const low = losses[0], high = losses[Math.floor(0.9 * (losses.length - 1))];
  const room = 0.1 * (high - low) || 1;
  draw('learning', {
    tooltip: { trigger: 'axis', valueFormatter: v => v == null ? '' : Number(v).toPrecision(4) },
    legend: { top: 0 },
    grid: { top: 40, bottom: 50, right: 80 },
    xAxis: axis('epoch', { minInterval: 1 }),
    yAxis: [axis('loss', { nameGap: 40, min: low - room, max: Math.min(losses.at(-1), high + 2 * room) + room, axisLabel: { formatter: v => v.toFixed(2) } }), axis('learning rate', { nameGap: 60, splitLine: { show: false } })],
    series: [
      line('training loss', pick('trainLoss')),
      line('validation loss', pick('validationLoss'), { lineStyle: { width: 3 } }),
      line('learning rate', pick('learningRate'), { yAxisIndex: 1, lineStyle: { type: 'dotted' } }),
    ],
  });
}

function ellipse(s, radius) {
  return Array.from({ length: 49 }, (_, k) => {
    const a = 2 * Math.PI * k / 48;
    return [s.estimatedLongitude + radius * s.sigmaLongitude * Math.cos(a),
            s.estimatedLatitude + radius * s.sigmaLatitude * Math.sin(a)];
  });
}

/** Segments of one line series, kept apart by gaps. */
function segments(list) {
  return list.flatMap(points => [...points, [null, null]]);
}

function map() {
  const radius68 = Math.sqrt(-2 * Math.log(1 - 0.68));
  const few = data.map.slice(0, 40);
  const all = [...data.stations.map(p => [p.longitude, p.latitude]),
               ...data.map.flatMap(s => [[s.longitude, s.latitude], [s.estimatedLongitude, s.estimatedLatitude]])];
  const box = k => [Math.min(...all.map(p => p[k])), Math.max(...all.map(p => p[k]))];
  const [west, east] = box(0), [south, north] = box(1);
  const element = document.getElementById('map');
  const squeeze = Math.cos((south + north) / 2 * Math.PI / 180);
  // One kilometre is as long upward as sideways.
  const height = Math.max(north - south, 0.02), width = Math.max((east - west) * squeeze, 0.02);
  const span = Math.max(height, width * (element.clientHeight - 90) / (element.clientWidth - 120)) * 1.15;
  const spanEast = span / squeeze * (element.clientWidth - 120) / (element.clientHeight - 90);
  const latitude = (south + north) / 2, longitude = (west + east) / 2;
  const degrees = v => v.toFixed(2) + '°';
  const label = s => `${s.id}\nerror ${(s.errorMetres / 1000).toFixed(1)} km`;
  const points = (name, list, more) => ({ name, type: 'scatter', data: list, ...more });
  draw('map', {
    legend: { top: 0 },
    grid: { top: 40, bottom: 50, left: 60, right: 60 },
    toolbox: { right: 10, feature: { dataZoom: {}, restore: {} } },
    xAxis: axis('longitude', { min: longitude - spanEast / 2, max: longitude + spanEast / 2, axisLabel: { formatter: degrees, showMinLabel: false, showMaxLabel: false } }),
    yAxis: axis('latitude', { min: latitude - span / 2, max: latitude + span / 2, nameGap: 46, axisLabel: { formatter: degrees, showMinLabel: false, showMaxLabel: false } }),
    series: [
      line('68 % region', segments(few.map(s => ellipse(s, radius68))), { lineStyle: { width: 1, opacity: 0.35, color: '#1f6feb' }, itemStyle: { color: '#1f6feb' }, silent: true }),
      line('error', segments(few.map(s => [[s.longitude, s.latitude], [s.estimatedLongitude, s.estimatedLatitude]])), { lineStyle: { width: 1, color: '#9aa5b1' }, itemStyle: { color: '#9aa5b1' }, silent: true }),
      points('truth', few.map(s => ({ value: [s.longitude, s.latitude] })), { symbolSize: 7, itemStyle: { color: '#1d2733' } }),
      points('estimate', few.map(s => ({ value: [s.estimatedLongitude, s.estimatedLatitude] })), { symbolSize: 8, itemStyle: { color: '#fff', borderColor: '#1f6feb', borderWidth: 2 } }),
      points('station', data.stations.map(p => ({ value: [p.longitude, p.latitude], name: p.name })), { symbol: 'triangle', symbolSize: 14, itemStyle: { color: '#c62828' },
        label: { show: true, formatter: '{b}', position: 'top', color: '#c62828' } }),
    ],
  });
  charts.at(-1).setOption({ tooltip: { renderMode: 'richText', formatter: p => p.seriesName === 'station' ? p.name : few[p.dataIndex] ? label(few[p.dataIndex]) : '' } });
}

errorCdf();
reliability();
learningCurves();
map();
addEventListener('resize', () => charts.forEach(c => c.resize()));
