"""Shows a store that Heimdall wrote offline to MLflow itself, and compares what MLflow sees with the files.

Run: python mlflow_reads_store.py MLRUNS MODEL ALIAS [SERVER]
Reads runs, parameters, metrics, tags and artifacts; loads the model of the alias in both flavours and runs it; imports
the store with `mlflow migrate-filestore` and compares that too; likewise a server that the store was sent to, if one is
given. Exits 77 where there is no MLflow.
"""
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
try:
    import mlflow
    import numpy as np
    import onnxruntime  # noqa: F401  mlflow.onnx needs it
    import yaml
    from mlflow import MlflowClient
    from mlflow.entities import RunStatus, ViewType
except ImportError as e:
    print(f"no {e.name} in {sys.executable}; pip install mlflow onnx onnxruntime")
    sys.exit(77)
logging.getLogger("mlflow").setLevel(logging.WARNING)

root, model, alias = Path(sys.argv[1]).resolve(), sys.argv[2], sys.argv[3]
failures = 0


def check(name, got, want):
    global failures
    if got != want:
        failures += 1
        print(f"OFF  {name}: MLflow has {got!r:.300}, the files have {want!r:.300}")


def texts(folder):
    # As bytes: reading as text would turn \r\n into \n.
    return {p.relative_to(folder).as_posix(): p.read_bytes().decode() for p in folder.rglob("*") if p.is_file()}


def infinity(value):
    """Databases of MLflow keep infinity as the largest number."""
    return float(np.copysign(np.inf, value)) if abs(value) == sys.float_info.max else value


def points(folder):
    """Metric -> its values, as text, for nan is not nan."""
    found = {}
    for name, content in texts(folder).items():
        rows = [line.split(" ") for line in content.splitlines()]
        found[name] = sorted((int(t), int(s), repr(float(v))) for t, v, s in rows)
    return found


def files_of(client, run, folder=None):
    for entry in client.list_artifacts(run, folder):
        if entry.is_dir:
            yield from files_of(client, run, entry.path)
        else:
            yield entry.path, entry.file_size


def compare(client, where):
    """Runs of a server have ids of their own and a tag that says where they are from."""
    described = [m.parent for m in root.glob("*/*/meta.yaml") if m.parts[-3] not in ("models", ".trash")]
    homes = {p.name: p for p in described}
    experiments = {e.experiment_id: e.name for e in client.search_experiments()}
    found = [(r.data.tags.pop("heimdall.run", r.info.run_id), r)
             for r in client.search_runs(list(experiments), run_view_type=ViewType.ALL)]
    if where == "server":  # which may have runs of others
        found = [(origin, run) for origin, run in found if origin in homes]
    check(f"{where}: runs", sorted(origin for origin, _ in found), sorted(homes))
    seen = dict(found)
    values = artifacts = 0
    for run_id, run in seen.items():
        home = homes[run_id]
        meta = yaml.safe_load((home / "meta.yaml").read_text())
        name = f"{where}: run {run_id}"
        check(f"{name} experiment", experiments[run.info.experiment_id],
              yaml.safe_load((home.parent / "meta.yaml").read_text())["name"])
        check(f"{name} name", run.info.run_name, meta["run_name"])
        check(f"{name} status", run.info.status, RunStatus.to_string(meta["status"]))
        check(f"{name} times", (run.info.start_time, run.info.end_time), (meta["start_time"], meta["end_time"]))
        check(f"{name} params", run.data.params, texts(home / "params"))
        check(f"{name} tags", run.data.tags, texts(home / "tags"))
        want = points(home / "metrics")
        got = {key: sorted((m.timestamp, m.step, repr(infinity(m.value)))
                           for m in client.get_metric_history(run.info.run_id, key)) for key in run.data.metrics}
        check(f"{name} metrics", got, want)
        values += sum(map(len, got.values()))
        found = dict(files_of(client, run.info.run_id))
        check(f"{name} artifacts", found, {
            p.relative_to(home / "artifacts").as_posix(): p.stat().st_size
            for p in (home / "artifacts").rglob("*") if p.is_file()})
        artifacts += len(found)
    print(f"{where}: {len(seen)} runs in {len(experiments)} experiments, {values} metric values, {artifacts} artifacts")


def registry(where, uri):
    """Compares aliases and tags of the model's versions with the files."""
    client = MlflowClient(uri, uri)
    home = root / "models" / model
    aliases = {name: int(number) for name, number in texts(home / "aliases").items()}
    check(f"{where}: aliases", {name: int(number) for name, number in
                                client.get_registered_model(model).aliases.items()}, aliases)
    traces = 0
    for folder in sorted(home.glob("version-*")):
        version = client.get_model_version(model, folder.name.removeprefix("version-"))
        check(f"{where}: tags of {folder.name}", dict(version.tags), texts(folder / "tags"))
        traces += len(version.tags)
    print(f"{where}: {len(aliases)} aliases, {traces} tags of versions")


def load(where, uri):
    """Loads the model of the alias in both flavours; returns what it says of zeros and ones."""
    mlflow.set_tracking_uri(uri)
    mlflow.set_registry_uri(uri)
    address = f"models:/{model}@{alias}"
    version = MlflowClient().get_model_version_by_alias(model, alias)
    if where != "server":  # which counts by itself
        check(f"{where}: version of the alias", int(version.version),
              int((root / "models" / model / "aliases" / alias).read_text()))
    # Copied elsewhere first: MLflow would put a file of its own into the store.
    graph = mlflow.onnx.load_model(address, dst_path=tempfile.mkdtemp(dir=scratch)).graph
    loaded = mlflow.pyfunc.load_model(address, dst_path=tempfile.mkdtemp(dir=scratch))
    spec = loaded.metadata.signature.inputs.inputs[0]
    outputs = []
    for make in (np.zeros, np.ones):
        answer = loaded.predict(make([2 if n == -1 else n for n in spec.shape], dtype=np.float32))
        outputs.append({key: np.asarray(value).tolist() for key, value in answer.items()})
    check(f"{where}: outputs", sorted(outputs[0]), sorted(o.name for o in graph.output))
    print(f"{where}: {address} is version {version.version}, {len(graph.node)} nodes, {spec.name}{list(spec.shape)} -> "
          + ", ".join(f"{key}{list(np.shape(value))}" for key, value in outputs[0].items()))
    return outputs


with tempfile.TemporaryDirectory() as scratch:
    uri = root.as_uri()
    compare(MlflowClient(uri, uri), "file store")
    registry("file store", uri)
    before = load("file store", uri)
    database = f"sqlite:///{scratch}/mlflow.db"
    done = subprocess.run(
        [sys.executable, "-m", "mlflow", "migrate-filestore", "--source", root, "--target", database, "--no-progress"],
        capture_output=True, text=True)
    if done.returncode and "No such command" in done.stderr:
        print(f"MLflow {mlflow.__version__} has no migrate-filestore; that part is left out")
    elif done.returncode:
        sys.exit(f"mlflow migrate-filestore exits {done.returncode}: {done.stdout[-2000:]} {done.stderr[-2000:]}")
    else:
        compare(MlflowClient(database, database), "imported")
        after = load("imported", database)
        check("imported: predictions", after, before)
    if len(sys.argv) > 4:
        compare(MlflowClient(sys.argv[4], sys.argv[4]), "server")
        check("server: predictions", load("server", sys.argv[4]), before)
print(f"MLflow {mlflow.__version__}: {failures} deviations")
sys.exit(1 if failures else 0)
