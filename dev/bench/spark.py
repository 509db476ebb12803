"""spark.py ROOT CLASSPATH [--quick] [--json]: features on a standalone cluster of one and of two workers beside one process.

Times of two sizes are taken of each, so that rates do without what the start costs: what ten times the recordings take longer.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from shards import rows

root, classpath = Path(sys.argv[1]), sys.argv[2]
quick, as_json = "--quick" in sys.argv, "--json" in sys.argv
sizes = (15, 150) if quick else (300, 3000)
java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"


def call(*command, **options):
    return subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def say(line):
    print(line, file=sys.stderr, flush=True)


def fresh(workspace):
    shutil.rmtree(workspace / "cache", ignore_errors=True)


def entries(workspace):
    """Returns key and digest of each stored row, in order."""
    return sorted(row for shard in (workspace / "cache" / "features").glob("*.safetensors") for row in rows(shard))


def plain(workspace):
    fresh(workspace)
    return float(call(java, "--add-modules", "jdk.incubator.vector", "-cp", classpath,
                      root / "dev/bench/PlainFeatures.java", workspace).splitlines()[-1])


def spark(workspace):
    fresh(workspace)
    told = call(root / "dev/spark.sh", "submit", "features", "--workspace", workspace, "--json")
    return json.loads(told.splitlines()[-1])["seconds"]


def main(folder):
    os.environ["HEIMDALL_DEV_SPARK"] = str(folder / "cluster")
    workspaces = []
    for size in sizes:
        workspaces.append(folder / f"w{size}")
        call(root / "heimdall", "simulate", "--workspace", workspaces[-1], "--sessions", size)
    times = {"one process": [plain(workspace) for workspace in workspaces]}
    expected = entries(workspaces[-1])
    equal = True
    for workers in (1, 2):
        call(root / "dev/spark.sh", "start", workers)
        try:
            times[f"{workers} workers"] = [spark(workspace) for workspace in workspaces]
        finally:
            call(root / "dev/spark.sh", "stop")
        equal = equal and entries(workspaces[-1]) == expected
    for name, (small, large) in times.items():
        say(f"{name}: {sizes[0]} sessions {small:.1f} s, {sizes[1]} sessions {large:.1f} s")
    longer = {name: large - small for name, (small, large) in times.items()}
    if as_json:
        print(json.dumps({
            "workers_2_vs_1": longer["1 workers"] / longer["2 workers"],
            "growth_10x": times["2 workers"][1] / times["2 workers"][0],
            "spark_vs_plain": longer["2 workers"] / longer["one process"],
            "equal": equal,
        }))


with tempfile.TemporaryDirectory() as temporary:
    main(Path(temporary))
