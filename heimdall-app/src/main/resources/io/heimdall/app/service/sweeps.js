/* Sweeps: how far each is, its trials, the best, and what mattered. */
const sweeps = new Map();
function sweepCard(sweep) {
  let c = sweeps.get(sweep.sweep_id);
  if (c) return c;
  c = { root: make("article", "card"), drawn: -1 };
  c.root.dataset.sweep = sweep.sweep_id;
  const top = make("div", "row"), name = make("div", "grow");
  c.badge = make("span", "badge"); c.sub = make("div", "small"); name.append(c.badge, " ", make("b", "", sweep.sweep_id), c.sub);
  c.cancel = make("button", "", "Cancel"); c.cancel.onclick = () => cancelSweep(c);
  top.append(name, c.cancel);
  c.bar = document.createElement("progress"); c.bar.setAttribute("aria-label", "Trials that have ended");
  c.line = make("div", "small"); c.best = make("div", "small mono"); c.best.style.overflowWrap = "anywhere"; c.error = make("p", "error");
  c.details = make("details"); c.details.append(make("summary", "small", "Trials and what mattered"));
  c.picture = document.createElement("img"); c.picture.className = "picture"; c.picture.alt = "The metric at the first rung against each setting";
  c.scroll = make("div", "scroll"); c.trials = make("table", "trials"); c.scroll.append(c.trials);
  const drawn = make("div", "scroll"); drawn.append(c.picture); c.details.append(drawn, c.scroll);
  c.details.ontoggle = () => { if (c.details.open) openSweep(c) };
  c.root.append(top, c.bar, c.line, c.best, c.error, c.details);
  sweeps.set(sweep.sweep_id, c);
  return c;
}
function showSweep(sweep) {
  const c = sweepCard(sweep), live = sweep.status === "running" || sweep.status === "queued", states = sweep.states;
  c.sweep = sweep;
  c.badge.textContent = sweep.status; c.badge.className = "badge " + sweep.status;
  c.sub.textContent = sweep.network + ", " + sweep.total + " trials, " + (sweep.origin === "command" ? "heimdall sweep, " : "") + "begun " + time(sweep.submitted_at)
    + (sweep.model_version ? " → " + sweep.model_name + " v" + sweep.model_version : "");
  c.cancel.hidden = !live || sweep.origin !== "service"; if (c.cancel.hidden) c.cancel.disabled = false;
  c.bar.hidden = !live; c.bar.max = sweep.total; c.bar.value = sweep.total - (states.waiting || 0) - (states.running || 0) - (states.interrupted || 0);
  c.line.textContent = Object.entries(states).map(e => e[1] + " " + e[0]).join(", ");
  c.best.textContent = sweep.best ? "best " + number(sweep.best.metric) + " of trial " + sweep.best.trial + " after " + sweep.best.epochs + " epochs: "
    + Object.entries(sweep.best.settings).map(e => e[0] + " " + e[1]).join(", ") : "";
  c.error.textContent = sweep.error || ""; c.error.hidden = !sweep.error;
  if (c.details.open && (live || c.known !== JSON.stringify(sweep))) openSweep(c);
  return c;
}
/* The trials, and the picture when there are more results than it shows; of a sweep that has ended, once for what the list says of it. */
async function openSweep(c) {
  const known = JSON.stringify(c.sweep);
  try {
    const sweep = await (await call("sweeps/" + c.sweep.sweep_id)).json(), names = Object.keys(sweep.trials[0].settings);
    const head = make("tr"), key = t => t.metric === null ? Infinity : t.metric;
    head.append(...["trial", "state", "value", "rung", ...names.map(n => n.replaceAll("_", " "))].map(n => make("th", "", n)));
    const text = v => typeof v === "number" ? String(Number(v.toPrecision(4))) : String(v);
    c.trials.replaceChildren(head, ...sweep.trials.slice().sort((a, b) => key(a) - key(b)).map(t => {
      const row = make("tr", sweep.best && sweep.best.trial === t.trial ? "best" : "");
      row.append(...[t.trial, t.state, t.metric === null ? "" : number(t.metric), t.rungs.length + " of " + sweep.rungs.length, ...names.map(n => text(t.settings[n]))].map(v => make("td", "", String(v))));
      if (t.failure) row.title = t.failure;
      return row;
    }));
    const judged = sweep.trials.filter(t => t.rungs.length).length;
    c.picture.hidden = !sweep.picture;
    if (sweep.picture && judged !== c.drawn) {
      const picture = await (await call(sweep.picture.slice(1))).blob(), reader = new FileReader();
      reader.onload = () => { c.picture.src = reader.result };
      reader.readAsDataURL(picture); c.drawn = judged;
    }
    c.known = known;
  } catch (e) { c.error.textContent = e.message; c.error.hidden = false }
}
async function cancelSweep(c) {
  c.cancel.disabled = true;
  try { await call("sweeps/" + c.sweep.sweep_id, { method: "DELETE" }) } catch (e) { c.error.textContent = e.message; c.error.hidden = false }
  refresh();
}
/* A word, a number, yes or no, as a person writes it. */
function valueOf(text) { return text === "true" ? true : text === "false" ? false : text !== "" && isFinite(text) ? Number(text) : text }
function linesOf(text, read) {
  const entries = {};
  for (const line of text.split("\n").map(l => l.trim()).filter(l => l)) {
    const at = line.indexOf(":");
    if (at < 1) throw new Error("“" + line + "” is not of the form setting: value");
    entries[line.slice(0, at).trim()] = read(line.slice(at + 1).trim());
  }
  return entries;
}
function dimensionOf(text) {
  const interval = text.match(/^(\S+)\s*\.\.\s*(\S+?)(\s+log)?(?:\s+step\s+(\S+))?$/);
  if (!interval) return text.split(",").map(v => valueOf(v.trim())).filter(v => v !== "");
  const range = { min: valueOf(interval[1]), max: valueOf(interval[2]) };
  if (interval[3]) range.log = true;
  if (interval[4]) range.step = valueOf(interval[4]);
  return range;
}
$("sweep").onsubmit = async e => {
  e.preventDefault();
  const field = name => $("sweep").elements[name].value.trim();
  $("startsweep").disabled = true; $("sweeprefused").textContent = "";
  try {
    const body = { trials: Number(field("trials")), space: linesOf(field("space"), dimensionOf), base: linesOf(field("base"), valueOf) };
    if (field("name")) body.name = field("name");
    if (field("workers")) body.workers = Number(field("workers"));
    if (field("rungs")) body.rungs = field("rungs").split(/[, ]+/).map(Number);
    if (Number(field("folds"))) body.folds = Number(field("folds")); else body.train_final = false;
    await call("sweeps", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    $("newsweep").open = false; $("sweep").elements.name.value = "";
  } catch (error) { $("sweeprefused").textContent = error.message }
  $("startsweep").disabled = false;
  refresh();
};
/* Returns whether one of them is under way. */
async function listSweeps() {
  const list = await (await call("sweeps?limit=50")).json();
  list.sweeps.forEach((sweep, i) => {
    const root = showSweep(sweep).root;
    if ($("sweeps").children[i] !== root) $("sweeps").insertBefore(root, $("sweeps").children[i] || null);
  });
  while ($("sweeps").children.length > list.sweeps.length) { const gone = $("sweeps").lastChild; sweeps.delete(gone.dataset.sweep); gone.remove() }
  $("nosweeps").hidden = list.total > 0;
  return list.sweeps.some(sweep => sweep.status === "running" || sweep.status === "queued");
}
