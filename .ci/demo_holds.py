"""Checks what `heimdall demo --json` has said: its last line on standard input.

Usage: demo_holds.py SECONDS WORKSPACE_MEGABYTES
"""
import json
import math
import sys

seconds, megabytes = map(float, sys.argv[1:])
said = json.loads(sys.stdin.read().strip().splitlines()[-1])
p50 = said["error_m"]["p50"]
bayes = said["baselines"]["bayes"]["p50"]
centroid = said["baselines"]["weighted_centroid"]["p50"]
n = said["sessions"]
held = said["coverage"]["68"]
# Three binomial deviations of the test split, and of the validation split of the same size that sigma was fitted on.
allowed = 3 * math.sqrt(2 * 0.68 * 0.32 / n)
print(f"median {p50 / 1000:.1f} km, Bayes {bayes / 1000:.1f} ({p50 / bayes:.2f}), weighted centroid {centroid / 1000:.1f};"
      f" the 68 % region holds {100 * held:.0f} % of {n} sessions; {seconds:.0f} s, {megabytes:.0f} MB")
assert p50 < centroid, "the network is not better than the weighted centroid"
assert p50 <= 1.25 * bayes, "the network's median is more than 1.25 times the Bayes posterior's"
assert abs(held - 0.68) <= allowed, f"68 % +- {100 * allowed:.0f} % expected"
assert seconds <= 360, "more than 6 minutes"
assert megabytes <= 1000, "more than 1 GB"
for key in ("onnx", "run_id", "model_version", "report"):
    assert said[key], key
