/* Locating by what a person drops: recordings named after their stations, or recordings and a table of their sessions. */
let files = [], placed = null, earth = null;
const isTable = file => /\.[ct]sv$/i.test(file.name);
function offer(blocks) {
  const chosen = $("version").value, usual = blocks.find(b => b.known.name === "heimdall-localization");
  $("version").replaceChildren(new Option(usual ? "default: v" + usual.known.default_version : "default", ""), ...blocks.flatMap(b => b.known.versions.slice(0, 20).map(v => new Option(b.known.name + " v" + v.version, b.known.name + "\n" + v.version))));
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
/* The names of an answer, as the map's scripts have them: areaKm2 for area_km2. */
const camel = v => Array.isArray(v) ? v.map(camel) : v && typeof v === "object"
  ? Object.fromEntries(Object.entries(v).map(([key, value]) => [key.replace(/_(.)/g, (all, letter) => letter.toUpperCase()), camel(value)])) : v;
async function ask() {
  $("ask").disabled = true; $("notfound").textContent = "";
  try {
    const body = new FormData(), table = files.find(isTable), names = [...$("files").querySelectorAll("input")];
    files.forEach((file, k) => body.append(table ? file === table ? "table" : "recording-" + k : names[k].value.trim() || "recording", file, file.name));
    const [name, version] = $("version").value.split("\n"), query = new URLSearchParams({ map: true });
    if (name) { query.set("model_name", name); query.set("model", version) }
    if ($("rate").value.trim()) query.set("rate", $("rate").value.trim());
    const answer = await (await call("predict?" + query, { method: "POST", body })).json();
    if (!answer.locations.length) throw new Error("no session has anything that the model takes");
    if (!tiles) earth = earth || await (await call("earth.json")).json();
    $("found").hidden = false;
    placed = placed || GroundMap.make($("map"), earth, tiles);
    placed.leaflet.invalidateSize();
    const maps = answer.locations.map(l => camel(l.map));
    GroundMap.sceneLegend("foundlegend", maps);
    GroundMap.list($("foundlist"), answer.locations.map(l => [l.sample_id, "± " + (Math.sqrt((l.covariance[0][0] + l.covariance[1][1]) / 2) / 1000).toPrecision(2) + " km"]), k => {
      const l = answer.locations[k];
      placed.show(GroundMap.scene(maps[k]));
      $("about").textContent = l.sample_id + ": " + l.latitude.toFixed(5) + ", " + l.longitude.toFixed(5) + ". "
        + (l.regions || []).map(r => Math.round(100 * r.level) + " % within " + Number(r.area_km2.toPrecision(3)) + " km²").join(", ") + ". By " + answer.model.name + " v" + answer.model.version + "."
        + (maps[k].errorM === null ? "" : " The known place is " + Number((maps[k].errorM / 1000).toPrecision(3)) + " km away.");
    })(0);
  } catch (error) { $("notfound").textContent = error.message }
  $("ask").disabled = !files.length;
}
$("ask").onclick = ask;
$("chosen").onchange = e => take(e.target.files);
$("drop").ondragover = e => { e.preventDefault(); $("drop").classList.add("over") };
$("drop").ondragleave = () => $("drop").classList.remove("over");
$("drop").ondrop = e => { e.preventDefault(); $("drop").classList.remove("over"); take(e.dataTransfer.files) };
