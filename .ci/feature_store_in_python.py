"""Reads a feature store with the safetensors library: names, keys, checksums and, for one recording, the values.

Run: python feature_store_in_python.py HEIMDALL SCRATCH_FOLDER
HEIMDALL writes a workspace of simulated sessions and computes their features for a training of one epoch.
"""
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from zlib import crc32

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file

heimdall, scratch = sys.argv[1], Path(sys.argv[2])
workspace = scratch / "workspace"
PARAMETERS = "mel-1 fft=2048 hop=512 mels=128 frames=32 scale=audio sides=two-sided"


def run(*words):
    return subprocess.run([heimdall, *map(str, words)], check=True, capture_output=True, text=True).stdout


run("simulate", "--workspace", workspace, "--sessions", 40)
run("train", "--workspace", workspace, "--epochs", 1, "--network", "small", "--pretrain", "off")
store = workspace / "cache" / "features"


def shards():
    found = {}
    for file in sorted(store.glob("*.safetensors")):
        assert file.stem == hashlib.sha256(file.read_bytes()).hexdigest(), file
        with safe_open(file, "np") as opened:
            assert opened.metadata() == {"format": "heimdall-features-1", "parameters": PARAMETERS}, opened.metadata()
        tensors = load_file(file)
        features, keys, sums = tensors["features"], tensors["keys"], tensors["checksums"]
        assert features.dtype == np.float32 and features.shape == (len(keys), 128, 32), features.shape
        names = [key.tobytes().hex() for key in keys]
        assert names == sorted(names)
        assert [crc32(row.tobytes()) for row in features] == sums.tolist()
        found.update(zip(names, features))
    return found


def key_of(recording, rate):
    content = hashlib.sha256(recording.read_bytes()).hexdigest()
    return hashlib.sha256(f"{content} npy {float(rate)} {PARAMETERS}".encode()).hexdigest()


before = shards()
recordings = sorted((workspace / "objects" / "heimdall-raw-iq").rglob("*.npy"))
assert len(before) == len(recordings) > 100, (len(before), len(recordings))

# The values are those of `heimdall features`, found by the key that the documentation defines.
about = json.loads(recordings[0].with_name(recordings[0].stem + "_metadata.json").read_text())
rate = 1000 * about["sample_rate_khz"]
features = before[key_of(recordings[0], rate)]
run("features", recordings[0], "--rate", rate, "--out", scratch / "mel.npy")
assert (np.load(scratch / "mel.npy") == features).all()

done = json.loads(run("features", "--compact", "--workspace", workspace, "--json").splitlines()[-1])
assert done["entries"] == len(before) and done["left_out"] == 0, done
after = shards()
assert after.keys() == before.keys() and all((after[key] == before[key]).all() for key in before)

(index,) = store.glob("*.index")
tables = load_file(index)
entries = tables["entries"]
assert [entry[:32].tobytes().hex() for entry in entries] == sorted(before)
assert tables["fanout"][-1] == len(before) and tables["shards"].shape == (done["shards_after"], 44)
print(f"{len(before)} features in {done['shards_before']} files, read as they were written; {done['shards_after']} after compaction")
