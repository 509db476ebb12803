"""Exports a training in other precisions and for recordings, and holds the files against the one in float32 in plain ONNX Runtime.

Usage: model_files.py HEIMDALL WORKSPACE TRAINING FOLDER
Writes the files into FOLDER, with cases.json for model_files_in_browser.py: inputs and outputs of one session each.
Exits 77 with a reason where onnxruntime or numpy are missing.
"""
import base64
import functools
import json
import os
import subprocess
import sys
import time

os.environ["ORT_DISABLE_TELEMETRY"] = "1"
try:
    import numpy as np
    import onnxruntime
except ImportError as missing:
    print(missing)
    sys.exit(77)

from session_inputs import SessionInputs

RATE, SESSIONS = 12500, 5
heimdall, workspace, training, folder = sys.argv[1:5]
os.makedirs(folder, exist_ok=True)


def export(name, *options):
    """Returns the file, or why it was refused: 8 bits may cost a small model more than is allowed."""
    out = os.path.join(folder, name + ".onnx")
    done = subprocess.run([heimdall, "export", "--checkpoint", training, "--out", out, *options], capture_output=True, text=True)
    assert done.returncode == 0 or "was not written" in done.stderr and not os.path.exists(out), (name, done.stderr)
    return out if done.returncode == 0 else done.stderr.strip().splitlines()[-1]


@functools.cache
def spectrogram(file):
    out = os.path.join(folder, "mel.npy")
    subprocess.run([heimdall, "features", file, "--rate", str(RATE), "--out", out], check=True, capture_output=True)
    return np.load(out)


def samples(file):
    iq = np.load(file)[:SAMPLES]
    return np.stack([iq.real, iq.imag], -1)


def sessions():
    """Station and file of the recordings of some sessions that have recordings of one length."""
    raw = os.path.join(workspace, "objects", "heimdall-raw-iq", "sessions")
    for name in sorted(os.listdir(raw))[:SESSIONS]:
        recordings = {}
        for file in sorted(os.listdir(os.path.join(raw, name))):
            if file.endswith("_metadata.json"):
                about = json.load(open(os.path.join(raw, name, file)))
                recordings[about.get("station", about.get("websdr_name"))] = os.path.join(raw, name, file.replace("_metadata.json", ".npy"))
        yield recordings


def encoded(array):
    kinds = {"float32": "float32", "bool": "bool", "int64": "int64"}
    return {"type": kinds[str(array.dtype)], "dims": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


found = list(sessions())
SAMPLES = len(np.load(next(iter(found[0].values()))))
files = {"float32": export("float32"), "fp16": export("fp16", "--precision", "fp16"), "bf16": export("bf16", "--precision", "bf16"),
         "int8": export("int8", "--precision", "int8"),
         "iq": export("iq", "--input", "iq", "--rate", str(RATE), "--seconds", str(SAMPLES / RATE))}
assert all(os.path.exists(files[name]) for name in ("float32", "fp16", "iq")), files
# Of one sigma: what rounding of weights may move a place; features of recordings differ by 1e-3 dB.
allowed = {"float32": 1e-6, "fp16": 0.05, "bf16": 0.2, "int8": 0.5, "iq": 0.01}
expected, cases, told = [], [], []
for name, file in files.items():
    if not os.path.exists(file):
        told.append(file)
        continue
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    meta = session.get_modelmeta().custom_metadata_map
    outputs = [o.name for o in session.get_outputs()]
    read = samples if name == "iq" else spectrogram
    inputs = SessionInputs(meta, read, 0 if name == "iq" else -200)
    worst, took = 0, []
    for number, recordings in enumerate(found):
        recordings = {s: f for s, f in recordings.items() if s in inputs.stations}
        given = inputs.of(recordings, float(meta.get("heimdall.carrier_hz", 0)))
        begun = time.perf_counter()
        got = dict(zip(outputs, session.run(outputs, given)))
        took.append(time.perf_counter() - begun)
        if name == "float32":
            expected.append(got)
        off = np.abs(got["position"] - expected[number]["position"]) / expected[number]["uncertainty"]
        worst = max(worst, off.max())
        if number == 0:
            cases.append({"file": os.path.basename(file), "allowed": 0.05 if name == "int8" else 1e-3,
                          "inputs": {k: encoded(v) for k, v in given.items()},
                          "outputs": {k: encoded(got[k]) for k in ("position", "uncertainty")}})
    assert worst <= allowed[name], (name, worst)
    told.append(f"{name} {os.path.getsize(file) / 1e6:.2f} MB {min(took) * 1e3:.1f} ms {worst:.1e} sigma")
json.dump(cases, open(os.path.join(folder, "cases.json"), "w"))
print("; ".join(told))
