/* Locating by what a person drops: recordings named after their stations, or recordings and a table of their sessions. */
let files = [], placed = null, earth = null;
const isTable = file => /\.[ct]sv$/i.test(file.name);
function offer(blocks) {
  const chosen = $("version").value;
  $("version").replaceChildren(new Option("newest", ""), ...blocks.flatMap(b => b.known.versions.slice(0, 20).map(v => new Option(b.known.name + " v" + v.version, b.known.name + "\n" + v.version))));
  $("version").value = [...$("version").options].some(o => o.value === chosen) ? chosen : "";
}
function take(list) {
  files = [...list].filter(file => !/_metadata\.json$/i.test(file.name));
  const table = files.some(isTable);
  $("files").replaceChildren(...files.map(file => {
    const label = make("label", "", table ? "" : file.name + ": station");
    if (table) { label.append(make("span", "", file.name)); return label }
    const input = document.createElement("input");
    input.value = file.name.replace(/\.[^.]*$/, ""); label.append(input);
    return label;
  }));
  $("ask").disabled = !files.length; $("notfound").textContent = "";
}
/* The stations of a table, by the session: enough of CSV to show where they are. */
function stationsOf(text) {
  const cells = line => [...("," + line).matchAll(/[,\t](?:"((?:[^"]|"")*)"|([^,\t]*))/g)].map(m => (m[1] ?? m[2]).replaceAll('""', '"').trim());
  const [head, ...rows] = text.split(/\r?\n/).filter(l => l.trim() && !l.startsWith("# ")).map(cells), sessions = new Map();
  const at = name => head.indexOf(name);
  for (const row of rows) {
    const latitude = Number(row[at("station_lat")] || NaN), longitude = Number(row[at("station_lon")] || NaN), id = row[at("session_id")];
    if (!isFinite(latitude) || !isFinite(longitude)) continue;
    const level = row[at("level_db")], heard = Boolean(row[at("recording")] || level || row[at("bearing_deg")]);
    sessions.set(id, (sessions.get(id) || []).concat({ name: row[at("station")], latitude, longitude, heard, levelDb: level ? Number(level) : null }));
  }
  return sessions;
}
function scene(l, stations) {
  const [[ee, en], [, nn]] = l.covariance, east = Math.sqrt(ee), north = Math.sqrt(nn);
  const components = l.mixture ? l.mixture.map(m => [m.weight, m.longitude, m.latitude, m.sigma_east_m, m.sigma_north_m, m.correlation])
    : [[1, l.longitude, l.latitude, east, north, Math.max(-.999, Math.min(.999, en / (east * north)))]];
  const wide = 2.2 * east / (111195 * Math.cos(l.latitude * Math.PI / 180)), high = 2.2 * north / 111195;
  return { stations, fit: [[l.longitude - wide, l.latitude - high], [l.longitude + wide, l.latitude + high]],
    beliefs: [{ name: l.mixture ? "posterior" : "posterior, as one normal", colour: "by-levels", regions: [], heat: { components }, mean: [l.longitude, l.latitude] }] };
}
async function ask() {
  $("ask").disabled = true; $("notfound").textContent = "";
  try {
    const body = new FormData(), table = files.find(isTable), names = [...$("files").querySelectorAll("input")];
    files.forEach((file, k) => body.append(table ? file === table ? "table" : "recording-" + k : names[k].value.trim() || "recording", file, file.name));
    const [name, version] = $("version").value.split("\n"), query = new URLSearchParams();
    if (name) { query.set("model_name", name); query.set("model", version) }
    if ($("rate").value.trim()) query.set("rate", $("rate").value.trim());
    const answer = await (await call("predict?" + query, { method: "POST", body })).json();
    const sessions = table ? stationsOf(await table.text()) : new Map();
    if (!answer.locations.length) throw new Error("no session has anything that the model takes");
    earth = earth || await (await call("earth.json")).json();
    $("found").hidden = false;
    placed = placed || GroundMap.make($("map"), earth, null);
    placed.leaflet.invalidateSize();
    GroundMap.list($("foundlist"), answer.locations.map(l => [l.sample_id, "± " + (Math.sqrt((l.covariance[0][0] + l.covariance[1][1]) / 2) / 1000).toPrecision(2) + " km"]), k => {
      const l = answer.locations[k];
      placed.show(scene(l, sessions.get(l.sample_id) || []));
      $("about").textContent = l.sample_id + ": " + l.latitude.toFixed(5) + ", " + l.longitude.toFixed(5) + ". "
        + (l.regions || []).map(r => Math.round(100 * r.level) + " % within " + Number(r.area_km2.toPrecision(3)) + " km²").join(", ") + ". By " + answer.model.name + " v" + answer.model.version + ".";
    })(0);
  } catch (error) { $("notfound").textContent = error.message }
  $("ask").disabled = !files.length;
}
$("ask").onclick = ask;
$("chosen").onchange = e => take(e.target.files);
$("drop").ondragover = e => { e.preventDefault(); $("drop").classList.add("over") };
$("drop").ondragleave = () => $("drop").classList.remove("over");
$("drop").ondrop = e => { e.preventDefault(); $("drop").classList.remove("over"); take(e.dataTransfer.files) };
