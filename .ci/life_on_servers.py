#!/usr/bin/env python3
"""Takes a model through its life on PostgreSQL, MinIO and MLflow, as a user does, and asks MLflow itself what has come of it.

Usage: life_on_servers.py HEIMDALL WORKSPACE WORK     the servers stand in the environment (`dev/services.sh env`); the workspace has
                                                     the versions 1, 2 and 3 of heimdall-localization

A sweep that is killed twice ends with all its trials, one best and one version. Versions are compared and promoted, two of them at
once by two processes, and rolled back: there is one champion throughout, and a trace of each move. The model card is among the
artifacts, the monitor has a finding and an exit code, and the service answers with the champion, a second version beside it.
"""
import json
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request

from service import serving

NAME = "heimdall-localization"
SPACE = """\
rungs: [1]
factor: 2
base: {network: small, epochs: 2, batch-size: 16}
final: {folds: 2}
space:
  learning-rate: {min: 1e-4, max: 1e-2, log: true}
  augmentation: [true, false]
"""
TRIALS = 3
CHANNELS = 7  # of the simulated world's stations

heimdall, workspace, work = sys.argv[1:]
mlflow = os.environ["MLFLOW_TRACKING_URI"]


def say(name, *words):
    """Begins a command; what it says goes to files."""
    with open(os.path.join(work, name + ".json"), "w") as out, open(os.path.join(work, name + ".txt"), "w") as err:
        return subprocess.Popen([heimdall, *words], stdout=out, stderr=err, stdin=subprocess.DEVNULL)


def said(name):
    with open(os.path.join(work, name + ".txt")) as file:
        return file.read()


def result(name):
    with open(os.path.join(work, name + ".json")) as file:
        return json.loads(file.read().splitlines()[-1])


def run(name, *words, exits=0):
    code = say(name, *words, "--workspace", workspace, "--json").wait()
    assert code == exits, f"{' '.join(words)}: exit {code} in place of {exits}\n{said(name)[-3000:]}"
    return result(name) if exits == 0 else None


def ask(path, body=None, url=mlflow + "/api/2.0/mlflow/", kind="application/json"):
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url + path, data, {"Content-Type": kind}), timeout=120) as answer:
        return answer.read()


def server(call, body=None, **query):
    return json.loads(ask(call + ("?" + urllib.parse.urlencode(query) if query else ""), body))


def aliases():
    model = server("registered-models/get", name=NAME)["registered_model"]
    return {alias["alias"]: int(alias["version"]) for alias in model["aliases"]}


def version(number):
    return server("model-versions/get", name=NAME, version=number)["model_version"]


def moves():
    """How many moves of the champion all versions have a trace of."""
    tags = [tag for number in range(1, 5) for tag in version(number).get("tags", [])]
    return sum(tag["key"].startswith("heimdall.champion.") for tag in tags)


def results():
    """The results in the sweep's journal."""
    try:
        with open(os.path.join(workspace, "sweeps", "space", "journal.json")) as file:
            return sum(len(trial["results"]) for trial in json.load(file)["trials"])
    except (OSError, ValueError):
        return 0


def sweep():
    space = os.path.join(work, "space.yaml")
    with open(space, "w") as file:
        file.write(SPACE)
    words = ["sweep", "--workspace", workspace, "--trials", str(TRIALS), space]
    for count in (1, 2):
        process = say(f"killed-{count}", *words)
        while results() < count:
            assert process.poll() is None, said(f"killed-{count}")[-3000:]
            time.sleep(0.05)
        process.kill()
        process.wait()
    ended = run("sweep", "sweep", "--trials", str(TRIALS), space)
    trials = ended["trials"]
    assert [trial["trial"] for trial in trials] == list(range(1, TRIALS + 1)), trials
    assert all(trial["state"] in ("complete", "stopped") for trial in trials), trials
    assert ended["best"]["metric"] == min(trial["metric"] for trial in trials), ended["best"]
    assert ended["final"]["model_version"] == 4, ended["final"]
    experiments = [e["experiment_id"] for e in server("experiments/search", {"max_results": 100})["experiments"]]
    found = server("runs/search", {"experiment_ids": experiments, "max_results": 1000, "filter": "tags.sweep = 'space'"})["runs"]
    tags = {r["info"]["run_id"]: {tag["key"]: tag["value"] for tag in r["data"]["tags"]} for r in found}
    parents = [id for id, its in tags.items() if "mlflow.parentRunId" not in its]
    children = [its for its in tags.values() if its.get("mlflow.parentRunId") in parents]
    assert len(parents) == 1 and len(children) == TRIALS + 1 == len(tags) - 1, tags
    assert sum("sweep.state" in its for its in children) == TRIALS, children
    return f"{TRIALS} trials, killed twice"


def promote():
    assert run("first", "promote", "v1")["to"] == 1
    compared = run("compared", "compare", "champion", "v4", "--html", os.path.join(work, "compared.html"))
    assert compared["sessions"] > 0 and compared["numbers"]["error_rms_m"]["first"] > 0, compared
    with open(os.path.join(work, "compared.html")) as page:
        assert "v1" in (text := page.read()) and "v4" in text
    forced = ["--workspace", workspace, "--json", "--force", "--because", "a race"]
    racers = {number: say(f"race-{number}", "promote", f"v{number}", *forced) for number in (2, 3)}
    codes = {number: process.wait() for number, process in racers.items()}
    # Where the second begins after the first has ended, both may win.
    won = [number for number, code in codes.items() if code == 0]
    assert won, [said(f"race-{number}")[-2000:] for number in racers]
    for number in set(codes) - set(won):
        assert "another process has moved it" in said(f"race-{number}"), said(f"race-{number}")[-2000:]
    run("sent", "sync")
    now = aliases()
    assert now["champion"] in won and now["previous"] in (1, *won), now
    assert moves() == 1 + len(won), moves()
    back = run("back", "rollback", "--because", "it was a race")
    assert back["from"] == now["champion"] and back["to"] == now["previous"], back
    after = aliases()
    assert (after["champion"], after["previous"]) == (now["previous"], now["champion"]), after
    assert moves() == 2 + len(won), moves()
    return f"{len(won)} of 2 promotions at once, one champion"


def card():
    number = 4  # the sweep's: the main job's first version lies where the server is not asked to look any more
    run_id = version(number)["run_id"]
    for folder in ("model", "report"):
        files = [file["path"] for file in server("artifacts/list", run_id=run_id, path=folder)["files"]]
        assert f"{folder}/MODEL_CARD.md" in files and f"{folder}/model_card.html" in files, files
    query = urllib.parse.urlencode({"run_id": run_id, "path": "model/MODEL_CARD.md"})
    text = ask("get-artifact?" + query, url=mlflow + "/").decode()
    assert text.startswith(f"# Model card: {NAME}, version {number}\n"), text[:200]
    layers = run("summary", "summary", "champion")
    assert layers["network"] == "small" and layers["parameters"] > 0, layers


def monitor():
    found = say("monitor", "monitor", "--workspace", workspace, "--model", "champion", "--since", "2020-01-01", "--json").wait()
    assert found == {"ok": 0, "warning": 3, "alarm": 4}[result("monitor")["warning"]], (found, result("monitor"))
    assert result("monitor")["sessions"] > 0, result("monitor")
    run("nothing", "monitor", "--model", "v99", "--since", "2020-01-01", exits=1)
    return f"monitor exits {found}"


def serve():
    with serving(heimdall, workspace, "--shadow", "v4", "--shadow-share", "1") as service:
        url = service["url"]
        kind = "application/octet-stream"
        located = json.loads(ask("/predict", bytes(4 * CHANNELS * 128 * 32), url, kind))
        assert located["model"]["version"] == aliases()["champion"], located["model"]
        end = time.monotonic() + 300
        while not re.search(r"^heimdall_shadow_distance_metres_count 1(\.0)?$", ask("/metrics", None, url).decode(), re.M):
            assert time.monotonic() < end, ask("/metrics", None, url).decode()
            time.sleep(0.2)


begun = time.monotonic()
done = []
for step in (sweep, promote, card, monitor, serve):
    started = time.monotonic()
    done.append(step())
    print(f"{step.__name__} took {time.monotonic() - started:.0f} s", file=sys.stderr)
print("; ".join(filter(None, done)) + f"; {time.monotonic() - begun:.0f} s")
