"""Reads a registered model whose artifacts MLflow's clients write to S3 themselves, as Python users do.

Usage: artifacts_on_s3.py MLRUNS NAME@ALIAS MODEL.onnx
Finds the servers by MLFLOW_TRACKING_URI, MLFLOW_S3_ENDPOINT_URL, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; compares the run's
artifacts with the files of the store that it was recorded in, and the model's predictions with those of the file.
"""
import os
import sys
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import mlflow
import numpy as np
import onnxruntime
from mlflow import MlflowClient

store, address, model = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
client = MlflowClient()
run = client.get_run(client.get_model_version_by_alias(*address.split("@")).run_id)
assert run.info.artifact_uri.startswith("s3://mlflow/"), run.info.artifact_uri
(home,) = store.glob(f"*/{run.data.tags['heimdall.run']}/artifacts")


def files(folder=None):
    for entry in client.list_artifacts(run.info.run_id, folder):
        yield from files(entry.path) if entry.is_dir else [(entry.path, entry.file_size)]


there = dict(files())
here = {p.relative_to(home).as_posix(): p.stat().st_size for p in home.rglob("*") if p.is_file()}
assert there == here and "model/MLmodel" in here, (there, here)

loaded = mlflow.pyfunc.load_model(f"models:/{address}")
shape = [2 if n == -1 else n for n in loaded.metadata.signature.inputs.inputs[0].shape]
decibels = np.random.default_rng(1).normal(-60, 10, shape).astype(np.float32)
answer = loaded.predict(decibels)
session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
for output, value in zip(session.get_outputs(), session.run(None, {"mel_spectrogram": decibels})):
    assert np.abs(np.asarray(answer[output.name]) - value).max() < 1e-6, output.name
print(f"models:/{address} of run {run.info.run_id}: {len(here)} artifacts in {run.info.artifact_uri}")
