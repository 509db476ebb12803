"""Loads an exported model in plain ONNX Runtime, or from MLflow's registry, and holds it against `heimdall predict`.

Usage: onnx_reproduces_predict.py HEIMDALL WORKSPACE MODEL.onnx WORK [models:/NAME@ALIAS]
Exits 77 with a reason where onnxruntime or numpy are missing.
"""
import json
import os
import subprocess
import sys

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
try:
    import numpy as np
    import onnxruntime
except ImportError as missing:
    print(missing)
    sys.exit(77)

heimdall, workspace, model, work = sys.argv[1:5]
loaded = model
if len(sys.argv) > 5:
    import mlflow  # finds the server by MLFLOW_TRACKING_URI

    loaded = mlflow.onnx.load_model(sys.argv[5]).SerializeToString()


def run(*words):
    return subprocess.run([heimdall, *words], check=True, capture_output=True, text=True).stdout


session = onnxruntime.InferenceSession(loaded, providers=["CPUExecutionProvider"])
assert [i.name for i in session.get_inputs()] == ["mel_spectrogram"], session.get_inputs()
assert [o.name for o in session.get_outputs()] == ["position", "uncertainty"], session.get_outputs()
meta = session.get_modelmeta().custom_metadata_map
stations = json.loads(meta["heimdall.stations"])
parameters = meta["heimdall.feature_parameters"]
assert " fft=2048 hop=512 mels=128 frames=32 scale=audio sides=two-sided" in parameters, parameters

folder = os.path.join(workspace, "objects", "heimdall-raw-iq", "sessions")
checked = 0
for name in sorted(os.listdir(folder))[:5]:
    recordings = {}
    for file in sorted(os.listdir(os.path.join(folder, name))):
        if file.endswith("_metadata.json"):
            about = json.load(open(os.path.join(folder, name, file)))
            station = about.get("station", about.get("websdr_name"))
            recordings[station] = os.path.join(folder, name, file.replace("_metadata.json", ".npy"))
    recordings = {s: f for s, f in recordings.items() if s in stations}
    assert recordings, f"no station of {stations} in {name}"
    mel = np.full((1, len(stations), 128, 32), float(meta["heimdall.absent_db"]), np.float32)
    for station, file in recordings.items():
        out = os.path.join(work, "mel.npy")
        run("features", file, "--rate", "12500", "--out", out)
        mel[0, stations.index(station)] = np.load(out)
    position, uncertainty = session.run(["position", "uncertainty"], {"mel_spectrogram": mel})
    said = json.loads(run(
        "predict", "--model", model, "--rate", "12500", "--json", *[f"{s}={f}" for s, f in recordings.items()]))
    ours = np.array([said["latitude"], said["longitude"], said["sigma_lat_deg"], said["sigma_lon_deg"]])
    theirs = np.concatenate([position[0], uncertainty[0]])
    assert np.abs(ours - theirs).max() < 1e-4, (name, ours, theirs)
    checked += 1
print(f"{checked} sessions agree to 1e-4 degrees")
