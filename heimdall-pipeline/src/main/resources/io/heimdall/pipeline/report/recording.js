'use strict';
const charts = [];
const grid = { left: 70, right: 90 };

function chart(id, option) {
  const made = echarts.init(document.getElementById(id));
  made.setOption({ animation: false, ...option });
  charts.push(made);
  return made;
}

function frequencyAxis(r, more) {
  return { type: 'value', min: r.frequencies[0], max: r.frequencies[1], name: r.frequencyName, nameLocation: 'middle',
    nameGap: 30, splitLine: { show: false }, axisLine: { onZero: false }, axisLabel: { hideOverlap: true }, ...more };
}

function digits(value, span) {
  return value.toFixed(Math.max(0, Math.min(9, 4 - Math.ceil(Math.log10(span)))));
}

function spectrum(r, index) {
  const [from, to] = r.frequencies;
  // A complex recording's last line stands one line before the band's end.
  const steps = from < 0 ? r.spectrum.length : r.spectrum.length - 1;
  const points = r.spectrum.map((db, k) => [from + (to - from) * k / steps, db]);
  chart('spectrum' + index, {
    grid: { ...grid, top: 30, bottom: 50 },
    toolbox: { right: 90, top: -4, feature: { dataZoom: { yAxisIndex: 'none' }, restore: {} } },
    tooltip: { renderMode: 'richText', trigger: 'axis', formatter: p => `${digits(p[0].value[0], to - from)} ${r.frequencyName}\n${p[0].value[1]} dBFS` },
    xAxis: frequencyAxis(r),
    yAxis: { type: 'value', name: 'dBFS', nameLocation: 'middle', nameGap: 44, axisLine: { onZero: false },
      min: Math.floor((r.levels[0] - 3) / 20) * 20, max: Math.ceil((r.levels[1] + 3) / 20) * 20, interval: 20 },
    dataZoom: [{ type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl' }],
    series: [{ type: 'line', data: points, showSymbol: false, sampling: 'max', lineStyle: { width: 1.2, color: '#1f6feb' } }],
  });
}

function times(r, index) {
  const canvas = document.getElementById('canvas' + index);
  if (r.times === null) {
    canvas.parentElement.remove();
    return;
  }
  const image = new Image();
  image.onload = () => {
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = context.getImageData(0, 0, image.width, image.height);
    const greys = new Uint8Array(image.width * image.height);
    for (let i = 0; i < greys.length; i++) {
      const grey = greys[i] = pixels.data[4 * i];
      const colour = r.palette[grey];
      pixels.data[4 * i] = colour >> 16;
      pixels.data[4 * i + 1] = colour >> 8 & 255;
      pixels.data[4 * i + 2] = colour & 255;
    }
    context.putImageData(pixels, 0, 0);
    timeAxes(r, index, greys, image.width, image.height);
  };
  image.src = r.times;
}

/** Which colour is which level, right of the picture. */
function colourBar(r) {
  const bar = document.createElement('div');
  bar.className = 'bar';
  const colours = r.palette.filter((_, k) => k % 15 === 0).map(c => '#' + c.toString(16).padStart(6, '0'));
  bar.innerHTML = `<span>${r.levels[1].toFixed(0)} dBFS</span><i style="background:linear-gradient(to top,${colours})"></i><span>${r.levels[0].toFixed(0)} dBFS</span>`;
  return bar;
}

/** Axes over the picture, without a series of their own. */
function timeAxes(r, index, greys, width, height) {
  const [from, to] = r.frequencies, [low, high] = r.levels;
  const value = (f, t) => {
    const x = Math.min(width - 1, Math.max(0, Math.floor((f - from) / (to - from) * width)));
    const y = Math.min(height - 1, Math.max(0, Math.floor(t / r.duration * height)));
    return low + (high - low) * greys[y * width + x] / 255;
  };
  const made = chart('times' + index, {
    grid: { ...grid, top: 8, bottom: 50 },
    xAxis: frequencyAxis(r),
    yAxis: { type: 'value', inverse: true, min: 0, max: r.duration, name: r.timeUnit, nameLocation: 'middle', nameGap: 44,
      splitLine: { show: false }, axisLine: { onZero: false }, axisLabel: { showMaxLabel: false } },
    tooltip: { show: true, trigger: 'none' },
    series: [{ type: 'scatter', data: [] }],
  });
  made.getDom().parentElement.append(colourBar(r));
  const label = document.createElement('div');
  label.style.cssText = 'position:absolute;pointer-events:none;background:#fffd;border:1px solid #dde3ea;border-radius:4px;padding:.2rem .5rem;display:none;white-space:nowrap;font-size:13px';
  made.getDom().parentElement.append(label);
  made.getZr().on('mousemove', e => {
    const inside = made.containPixel('grid', [e.offsetX, e.offsetY]);
    label.style.display = inside ? 'block' : 'none';
    if (inside) {
      const [f, t] = made.convertFromPixel('grid', [e.offsetX, e.offsetY]);
      label.textContent = `${digits(t, r.duration)} ${r.timeUnit}, ${digits(f, to - from)} ${r.frequencyName}: ${value(f, t).toFixed(0)} dBFS`;
      label.style.left = Math.min(e.offsetX + 14, made.getWidth() - label.offsetWidth) + 'px';
      label.style.top = e.offsetY + 14 + 'px';
    }
  });
  made.getZr().on('globalout', () => { label.style.display = 'none'; });
}

recordings.forEach((r, index) => {
  spectrum(r, index);
  times(r, index);
});
addEventListener('resize', () => charts.forEach(c => c.resize()));
