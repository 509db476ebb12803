'use strict';
const charts = [];

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Draws a plot, and anew where the reader's colours change. */
function draw(id, option) {
  const element = document.getElementById(id);
  const make = () => {
    element.firstChild && echarts.dispose(element);
    const chart = echarts.init(element, dark.matches ? 'dark' : null);
    // Drawn, never put into the page as HTML: names of stations and sessions are text.
    chart.setOption({ animation: false, backgroundColor: 'transparent', ...option, tooltip: { renderMode: 'richText', confine: true, ...option.tooltip } });
    return chart;
  };
  const at = charts.push(make()) - 1;
  dark.addEventListener('change', () => { charts[at] = make(); });
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
    grid: { top: 40, bottom: 50, left: 58, right: 20 },
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
    grid: { top: 40, bottom: 50, left: 58, right: 20 },
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
  // One wild epoch early on would flatten all that follows: losses are drawn by asinh of their distance to the last ones.
  const losses = data.epochs.flatMap(e => [e.trainLoss, e.validationLoss]).filter(v => v != null);
  const late = losses.slice(Math.floor(losses.length / 2)).sort((a, b) => a - b);
  const middle = late[Math.floor(late.length / 2)], spread = late.at(-1) - late[0] || Math.abs(middle) || 1;
  const squeeze = v => Math.asinh((v - middle) / spread), back = v => middle + spread * Math.sinh(v);
  const loss = (name, key, more) => line(name, pick(key).map(([x, v]) => [x, squeeze(v)]), { showSymbol: data.epochs.length < 40, symbolSize: 4, ...more });
  draw('learning', {
    tooltip: { trigger: 'axis', formatter: list => ['epoch ' + list[0].value[0], ...list.map(p => p.seriesName + ': ' + (p.seriesName === 'learning rate' ? p.value[1] : back(p.value[1])).toPrecision(4))].join('\n') },
    legend: { top: 0 },
    grid: { top: 40, bottom: 50, left: 60, right: 75 },
    xAxis: axis('epoch', { minInterval: 1, min: 1 }),
    yAxis: [axis('loss', { nameGap: 42, axisLabel: { formatter: v => Number(back(v).toPrecision(3)) } }), axis('learning rate', { nameGap: 58, splitLine: { show: false } })],
    series: [
      loss('training loss', 'trainLoss'),
      loss('validation loss', 'validationLoss', { lineStyle: { width: 3 } }),
      line('learning rate', pick('learningRate'), { yAxisIndex: 1, lineStyle: { type: 'dotted' } }),
    ],
  });
}

/** The headings of the table of errors, for a narrow screen that shows each cell with its own. */
function headings() {
  const [first, ...rows] = document.getElementById('errors').rows;
  rows.forEach(row => [...row.cells].forEach((cell, k) => { cell.dataset.name = first.cells[k].textContent; }));
}

errorCdf();
reliability();
learningCurves();
headings();
addEventListener('resize', () => charts.forEach(c => c.resize()));
