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

from session_inputs import SessionInputs

heimdall, workspace, model, work = sys.argv[1:5]
loaded = model
if len(sys.argv) > 5:
    import mlflow  # finds the server by MLFLOW_TRACKING_URI

    loaded = mlflow.onnx.load_model(sys.argv[5]).SerializeToString()


def run(*words):
    return subprocess.run([heimdall, *words], check=True, capture_output=True, text=True).stdout


def features(file):
    out = os.path.join(work, "mel.npy")
    run("features", file, "--rate", "12500", "--out", out)
    return np.load(out)


session = onnxruntime.InferenceSession(loaded, providers=["CPUExecutionProvider"])
meta = session.get_modelmeta().custom_metadata_map
stations = json.loads(meta["heimdall.stations"])
assert " fft=2048 hop=512 mels=128 frames=32 scale=audio sides=two-sided" in meta["heimdall.feature_parameters"], meta
given = SessionInputs(meta, features).of

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
    frequency = float(meta.get("heimdall.carrier_hz", 0))  # what predict takes where recordings do not tell theirs
    outputs = [o.name for o in session.get_outputs()]
    got = dict(zip(outputs, session.run(outputs, given(recordings, frequency))))
    said = json.loads(run(
        "predict", "--model", model, "--rate", "12500", "--json", *[f"{s}={f}" for s, f in recordings.items()]))
    ours = np.array([said["latitude"], said["longitude"], said["sigma_lat_deg"], said["sigma_lon_deg"]])
    theirs = np.concatenate([got["position"][0], got["uncertainty"][0]])
    assert np.abs(ours - theirs).max() < 1e-4, (name, ours, theirs)
    sigmas = np.sqrt(np.diagonal(got["covariance"][0]))
    assert np.allclose(sigmas, [said["sigma_east_m"], said["sigma_north_m"]], rtol=2e-2), (name, sigmas, said)  # a degree of longitude is shorter farther north
    variances = np.outer(sigmas, sigmas)  # a covariance is held to its sigmas: it may be next to 0
    assert (np.abs(np.array(said["covariance"]) - got["covariance"][0]) < 1e-3 * variances).all(), (name, got["covariance"], said)
    assert ("mixture" in got) == ("mixture" in said), (outputs, list(said))
    if "mixture" in got:
        weight, latitude, longitude = got["mixture"][0][:, :3].T
        assert abs(weight.sum() - 1) < 1e-5, (name, weight)
        assert np.allclose([weight @ latitude, weight @ longitude], theirs[:2], atol=1e-4), (name, got["mixture"])
        keys = "weight", "latitude", "longitude", "sigma_east_m", "sigma_north_m", "correlation"
        ours = np.array([[component[key] for key in keys] for component in said["mixture"]])
        off = np.abs(ours - got["mixture"][0])
        off[:, 3:5] /= ours[:, 3:5]
        assert ours.shape == off.shape == got["mixture"][0].shape and off.max() < 1e-4, (name, off, ours)
    else:  # one normal distribution: its regions are ellipses
        east, both, north = got["covariance"][0].ravel()[[0, 1, 3]].astype(float)
        for region in said["regions"]:
            area = -2 * np.pi * np.log(1 - region["level"]) * np.sqrt(east * north - both**2) / 1e6
            assert abs(region["area_km2"] / area - 1) < 2e-2, (name, region, area)  # as above
    assert [region["level"] for region in said["regions"]] == [0.5, 0.68, 0.9, 0.95], said
    checked += 1
print(f"{checked} sessions agree to 1e-4 degrees, with their covariances and mixtures")
