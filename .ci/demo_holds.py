"""Checks what `heimdall demo --json` has said: its last line on standard input.

Usage: demo_holds.py SECONDS WORKSPACE_MEGABYTES SPEED_BEFORE SPEED_AFTER     (the speeds by MachineSpeed.java)
"""
import json
import math
import sys

# Six minutes are meant on the two processors that docs/BENCHMARKS.md was measured on, which do 38 by MachineSpeed.java (reckoned
# from a host where it gave 25.5 and a step of the demo's training took 1.5 times as long as there). A slower machine, or one
# that others work on, is given as much more time; a faster one no less.
USUAL_SPEED = 38

seconds, megabytes, *speeds = map(float, sys.argv[1:])
slowness = max(1.0, USUAL_SPEED / (sum(speeds) / len(speeds)))
said = json.loads(sys.stdin.read().strip().splitlines()[-1])
p50 = said["error_m"]["p50"]
bayes = said["baselines"]["bayes"]["p50"]
centroid = said["baselines"]["weighted_centroid"]["p50"]
n = said["sessions"]
held = said["coverage"]["68"]
# Three binomial deviations of the test split, and of the validation split of the same size that sigma was fitted on.
allowed = 3 * math.sqrt(2 * 0.68 * 0.32 / n)
print(f"median {p50 / 1000:.1f} km, Bayes {bayes / 1000:.1f} ({p50 / bayes:.2f}), weighted centroid {centroid / 1000:.1f};"
      f" the 68 % region holds {100 * held:.0f} % of {n} sessions; {seconds:.0f} s, {megabytes:.0f} MB,"
      f" machine {slowness:.2f} times as slow as usual")
assert p50 < centroid, "the network is not better than the weighted centroid"
assert p50 <= 1.1 * bayes, "the network's median is more than 1.1 times the Bayes posterior's"
resnet = said["baselines"]["resnet18"]
rms, knn, bound = (row["rmse"] for row in (said["error_m"], said["baselines"]["knn"], said["baselines"]["bayes"]))
assert rms < knn, f"the network's RMS of {rms:.0f} m is no better than k-NN's {knn:.0f} m"
assert rms <= 1.08 * bound, f"the network's RMS of {rms:.0f} m is more than 1.08 times the Bayes posterior's {bound:.0f} m"
assert rms < resnet["rmse"], f"the network's RMS of {rms:.0f} m is no better than ResNet-18's {resnet['rmse']:.0f} m"
assert said["nll_density"] < resnet["nll_density"], "ResNet-18 gives the truth a greater density than the network"
assert said["nll_density"] > said["baselines"]["bayes"]["nll_density"] - 0.05, "no posterior is denser than Bayes' at the truth"
for row in (said["error_m"], *said["baselines"].values()):
    low, high = row["interval_90"]["rmse"]
    assert low <= row["rmse"] <= high, f"the interval {low:.0f}..{high:.0f} m does not hold {row['rmse']:.0f} m"
assert said["better_than"].keys() == said["baselines"].keys(), said["better_than"]
assert abs(held - 0.68) <= allowed, f"68 % +- {100 * allowed:.0f} % expected"
assert seconds <= 360 * slowness, f"more than {6 * slowness:.1f} minutes"
assert megabytes <= 1000, "more than 1 GB"
for key in ("onnx", "run_id", "model_version", "report"):
    assert said[key], key
