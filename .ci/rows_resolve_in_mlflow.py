"""Looks every run of Heimdall's table models up at MLflow's REST interface, as Heimdall's other services do.

Usage: rows_resolve_in_mlflow.py ROWS MLFLOW_URI RUN...
ROWS has a JSON object a line, of the rows as they are now, the oldest first; RUN are the trainings' runs in their workspace,
likewise. For each the server must have another id, its own, by which it gives the run and its experiment.
"""
import json
import sys
import urllib.error
import urllib.request

rows = [json.loads(line) for line in open(sys.argv[1])]
uri, runs = sys.argv[2], sys.argv[3:]
assert len(rows) == len(runs), f"{len(rows)} rows of {len(runs)} trainings"
for row, run in zip(rows, runs):
    known = row["mlflow_run_id"]
    try:
        with urllib.request.urlopen(f"{uri}/api/2.0/mlflow/runs/get?run_id={known}", timeout=20) as answer:
            found = json.load(answer)["run"]
    except urllib.error.HTTPError as e:
        sys.exit(f"MLflow does not know run {known} of model {row['id']}: {e.read().decode():.300}")
    tags = {tag["key"]: tag["value"] for tag in found["data"]["tags"]}
    assert tags["heimdall.run"] == run != known, (run, known, tags)
    assert found["info"]["status"] == "FINISHED", found["info"]
    assert str(row["mlflow_experiment_id"]) == found["info"]["experiment_id"], (row, found["info"])
    assert row["onnx_model_location"].startswith("s3://heimdall-models/localization-v"), row
print(f"mlflow_run_id of {len(rows)} models resolves")
