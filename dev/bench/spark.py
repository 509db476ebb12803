"""spark.py ROOT CLASSPATH [--quick] [--json]: features on a standalone cluster of one and of two workers beside one process.

Times of two sizes are taken of each, so that rates do without what the start costs: what ten times the recordings take longer.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from machine import javas, processor, version

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from shards import rows

root, classpath = Path(sys.argv[1]), sys.argv[2]
quick, as_json = "--quick" in sys.argv, "--json" in sys.argv
sizes = (15, 150) if quick else (300, 3000)
LONGER = 16  # simulated recordings have 4000 samples, those of a network many more
java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
BEGIN, END = "<!-- dev/bench.sh spark -->", "<!-- end of spark -->"
DRIVER, EXECUTOR = "org.apache.spark.deploy.SparkSubmit", "CoarseGrainedExecutorBackend"


def call(*command, **options):
    return subprocess.run(list(map(str, command)), check=True, stdout=subprocess.PIPE, text=True, **options).stdout


def say(line):
    print(line, file=sys.stderr, flush=True)


def lengthen(workspace):
    """Repeats the samples of each recording."""
    for file in (workspace / "objects").rglob("*.npy"):
        header, samples = (lambda content: (content[:128], content[128:]))(file.read_bytes())
        shape = re.search(rb"\((\d+),\)", header)
        longer = header[:shape.start(1)] + str(LONGER * int(shape[1])).encode() + header[shape.end(1):]
        file.write_bytes(longer[:127].rstrip().ljust(127) + b"\n" + LONGER * samples)


def fresh(workspace):
    shutil.rmtree(workspace / "cache", ignore_errors=True)


def entries(workspace):
    """Returns key and digest of each stored row, in order."""
    return sorted(row for shard in (workspace / "cache" / "features").glob("*.safetensors") for row in rows(shard))


def resident(kind):
    """Returns the largest resident size that a running process of a kind has had so far, MB; 0 if none runs."""
    largest = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if kind.encode() in (process / "cmdline").read_bytes():
                status = (process / "status").read_text()
                largest = max(largest, int(re.search(r"VmHWM:\s*(\d+) kB", status).group(1)) // 1024)
        except (OSError, AttributeError):  # it has ended in the meantime
            pass
    return largest


class Watch:
    """Looks twice a second how large driver and executors are, since executors end with their application."""

    def __init__(self):
        self.peaks, self.over = {DRIVER: 0, EXECUTOR: 0}, threading.Event()

    def __enter__(self):
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self.peaks

    def look(self):
        while not self.over.wait(0.5):
            for kind in self.peaks:
                self.peaks[kind] = max(self.peaks[kind], resident(kind))

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def plain(workspace):
    fresh(workspace)
    return float(call(java, "--add-modules", "jdk.incubator.vector", "-cp", classpath,
                      root / "dev/bench/PlainFeatures.java", workspace).splitlines()[-1])


def spark(workspace):
    """Returns the seconds that the command took, and the peaks of its processes."""
    fresh(workspace)
    with Watch() as peaks:
        told = call(root / "dev/spark.sh", "submit", "features", "--workspace", workspace, "--json")
    return json.loads(told.splitlines()[-1])["seconds"], peaks


def main(folder):
    os.environ["HEIMDALL_DEV_SPARK"] = str(folder / "cluster")
    workspaces = []
    for size in sizes:
        workspaces.append(folder / f"w{size}")
        call(root / "heimdall", "simulate", "--workspace", workspaces[-1], "--sessions", size)
        lengthen(workspaces[-1])
    times, peaks = {"one process": [plain(workspace) for workspace in workspaces]}, {}
    expected = entries(workspaces[-1])
    equal = True
    for workers in (1, 2):
        name = "1 worker" if workers == 1 else f"{workers} workers"
        call(root / "dev/spark.sh", "start", workers)
        try:
            measured = [spark(workspace) for workspace in workspaces]
        finally:
            call(root / "dev/spark.sh", "stop")
        times[name] = [seconds for seconds, _ in measured]
        peaks[name] = [of for _, of in measured]
        equal = equal and entries(workspaces[-1]) == expected
    for name, (small, large) in times.items():
        say(f"{name}: {sizes[0]} sessions {small:.1f} s, {sizes[1]} sessions {large:.1f} s")
    longer = {name: large - small for name, (small, large) in times.items()}
    ratios = {
        "workers_2_vs_1": longer["1 worker"] / longer["2 workers"],
        "growth_10x": times["2 workers"][1] / times["2 workers"][0],
        "spark_vs_plain": longer["2 workers"] / longer["one process"],
        "equal": equal,
    }
    write(times, peaks, longer, ratios, len(expected))
    if as_json:
        print(json.dumps(ratios))


def write(times, peaks, longer, ratios, recordings):
    found = javas()
    lines = [BEGIN, "## Features on a cluster", "",
             f"Made by `dev/bench.sh spark{' --quick' if quick else ''}` on {processor()}, Java {version(java)}.",
             "A standalone cluster on this machine, workers of one core, beside one process with two threads; an empty feature store",
             f"each time. {sizes[1]} sessions have {recordings} recordings of {4000 * LONGER} samples. The seconds are those of the command, without the start of its JVM;",
             "the rate is of the recordings that the larger workspace has more. Memory is the largest resident size, MB.", "",
             f"| program | {sizes[0]} sessions, s | {sizes[1]} sessions, s | recordings a second | driver, MB | executor, MB |",
             "|---|---|---|---|---|---|"]
    for name, (small, large) in times.items():
        rate = recordings * (1 - sizes[0] / sizes[1]) / longer[name]
        memory = [" and ".join(str(of[kind]) for of in peaks[name]) if name in peaks else "" for kind in (DRIVER, EXECUTOR)]
        lines.append(f"| {name} | {small:.1f} | {large:.1f} | {rate:.0f} | {memory[0]} | {memory[1]} |")
    lines += ["", "| ratio | measured | target | |", "|---|---|---|---|"]
    for name, (limit, text) in {"workers_2_vs_1": (1.8, "at least 1.8"), "growth_10x": (10.5, "at most 10.5"),
                                "spark_vs_plain": (1.15, "at most 1.15")}.items():
        met = ratios[name] >= limit if text.startswith("at least") else ratios[name] <= limit
        lines.append(f"| `{name}` | {ratios[name]:.2f} | {text} | {'met' if met else 'missed'} |")
    lines += ["", f"Digests of all rows {'are equal' if ratios['equal'] else 'DIFFER'} in the three stores."]
    section = "\n".join([*lines, END])
    file = root / "docs/BENCHMARKS.md"
    text = file.read_text() if file.exists() else "# Benchmarks\n"
    old = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.S)
    text = old.sub(lambda _: section, text) if old.search(text) else text.rstrip() + "\n\n" + section
    file.write_text(text.rstrip() + "\n")


with tempfile.TemporaryDirectory() as temporary:
    main(Path(temporary))
