const kilometres = m => m == null ? '' : Number((m / 1000).toPrecision(3)) + ' km';
const sections = document.querySelectorAll('.found');
const map = GroundMap.make(document.getElementById('map'), data.earth, data.tiles);

GroundMap.sceneLegend('maplegend', data.sessions);
const pick = GroundMap.list(document.getElementById('sessionlist'), data.sessions.map(s => [s.id, kilometres(s.errorM)]), k => {
  sections.forEach((section, n) => { section.hidden = n !== k; });
  map.show(GroundMap.scene(data.sessions[k]));
});
pick(0);
