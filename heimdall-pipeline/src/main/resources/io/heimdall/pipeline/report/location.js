const kilometres = m => m == null ? '' : Number((m / 1000).toPrecision(3)) + ' km';
const sections = document.querySelectorAll('.found');
const map = GroundMap.make(document.getElementById('map'), data.earth, data.tiles);
const { legend, flat } = GroundMap;

legend('maplegend', [['estimate', 'var(--paper)', 'var(--by-levels)'], ['station', 'var(--station)'], ['not heard', 'var(--land)', 'var(--station)'],
  ...(data.sessions.some(s => s.truth) ? [['known place', 'var(--ink)']] : []),
  ...(data.sessions.some(s => s.delays.length) ? [['delay', 'var(--delay)']] : []), ...(data.sessions.some(s => s.bearings.length) ? [['bearing', 'var(--bearing)']] : [])]);

const pick = GroundMap.list(document.getElementById('sessionlist'), data.sessions.map(s => [s.id, kilometres(s.errorMetres)]), k => {
  const s = data.sessions[k];
  sections.forEach((section, n) => { section.hidden = n !== k; });
  map.show({
    fit: [s.mean, ...(s.truth ? [s.truth] : []), ...flat(s.regions.flatMap(r => r.rings))],
    stations: s.stations,
    beliefs: [{ name: 'posterior', colour: 'by-levels', regions: s.regions, heat: s.heat, mean: s.mean }],
    strips: GroundMap.strips(s),
    truth: s.truth,
  });
});
pick(0);
