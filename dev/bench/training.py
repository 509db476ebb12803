"""Training and inference beside other programs: one session, all taking turns, each in a process of its own, two threads.

Run by training.sh: training.py ROOT CLASSPATH [--quick] [--json]
"""
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import processor, say

root, classpath = Path(sys.argv[1]), sys.argv[2]
quick, as_json = "--quick" in sys.argv, "--json" in sys.argv
here = Path(__file__).parent
THREADS = 2
ROUNDS = 4 if quick else 10
STEPS = 3 if quick else 5
WARM_UP = 6 if quick else 12
SESSIONS, EPOCHS, RUNS = (160, 2, 1) if quick else (480, 4, 2)
java = f"{os.environ['JAVA_HOME']}/bin/java" if "JAVA_HOME" in os.environ else "java"
ENVIRONMENT = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE", "OMP_NUM_THREADS": str(THREADS)}


def java_command(main, *arguments):
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "heimdall"
    return [java, "-Xmx2g", "-XX:+UseSerialGC", f"-Dheimdall.cache={cache}", f"-DDJL_CACHE_DIR={cache / 'djl'}",
            "-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true", "-cp", classpath, f"io.heimdall.bench.{main}",
            *map(str, arguments)]


def allocator():
    """What ./heimdall sets for the C library's allocator."""
    text = (root / "heimdall").read_text()
    return dict(re.findall(r"^export ((?:MALLOC_|GLIBC_)\w+)=\$\{\w+:-([^}]*)\}", text, re.M))


class Engine:
    """A process that measures what it is asked."""

    def __init__(self, command, environment):
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.errors,
                                        text=True, env={**ENVIRONMENT, **environment})

    def ask(self, *words):
        try:
            self.process.stdin.write(" ".join(map(str, words)) + "\n")
            self.process.stdin.flush()
            answer = [float(word) for word in self.process.stdout.readline().split()]
        except (BrokenPipeError, ValueError):
            answer = []
        if not answer:
            self.process.kill()
            self.errors.seek(0)
            lines = self.errors.read().strip().splitlines() or ["it said nothing"]
            raise RuntimeError(lines[-1])
        return answer

    def peak_megabytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) // 1024

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def engines(folder):
    """Those that can be had, warmed up, by name."""
    commands = {
        "PyTorch": ([sys.executable, here / "torch_engine.py", folder, THREADS], {}),
        "djl-pytorch": (java_command("TrainingBench", "djl-pytorch", folder, THREADS), allocator()),
        "dl4j": (java_command("TrainingBench", "dl4j", folder, THREADS), allocator()),
        "ONNX Runtime": (java_command("TrainingBench", "onnx", folder, THREADS), allocator()),
    }
    found = {}
    for name, (command, environment) in commands.items():
        say(f"starting {name}")
        try:
            engine = Engine(list(map(str, command)), environment)
            outputs = engine.ask("outputs")
            if found:
                first = next(iter(found.values())).outputs
                apart = max(abs(a - b) for a, b in zip(first, outputs))
                if apart > 1e-3:
                    raise RuntimeError(f"its outputs are {apart:.2g} from PyTorch's: not the same network")
            engine.outputs = outputs
            if name != "ONNX Runtime":
                engine.ask("step", WARM_UP)
            for rows in (1, 32):
                engine.ask("predict", rows, WARM_UP)
            found[name] = engine
        except (RuntimeError, OSError) as e:
            say(f"{name} is left out: {e}")
    return found


def measure(found):
    """Milliseconds by (what, engine): the median over rounds of the least of some calls in a row."""
    times = {}
    for turn in range(ROUNDS):
        say(f"round {turn + 1} of {ROUNDS}")
        for what in (("step", STEPS), ("predict", 32, 2 * STEPS), ("predict", 1, 4 * STEPS)):
            for name, engine in found.items():
                if name != "ONNX Runtime" or what[0] == "predict":
                    times.setdefault((*what[:-1], name), []).append(engine.ask(*what)[0])
    return {key: statistics.median(values) for key, values in times.items()}


def timed(command, environment):
    """Runs to the end; returns its last line, seconds and peak resident megabytes of its largest process."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        begin = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), stdout=out, stderr=err, env={**ENVIRONMENT, **environment})
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise RuntimeError((err.read().strip().splitlines() or ["it said nothing"])[-1])
        return json.loads(out.read().strip().splitlines()[-1]), seconds, usage.ru_maxrss // 1024


def whole_epochs(folder):
    """The same simulated recordings trained on by both, from the recordings to the last epoch, taking turns."""
    workspace = folder / "workspace"
    subprocess.run([root / "heimdall", "simulate", "--workspace", workspace, "--sessions", str(SESSIONS)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    runs = {"heimdall train": [], "PyTorch Lightning": []}
    for turn in range(RUNS):
        say(f"whole epochs {turn + 1} of {RUNS}")
        copy = folder / f"copy-{turn}"
        shutil.copytree(workspace, copy)  # without features or trainings of a former run
        commands = {
            "heimdall train": [root / "heimdall", "train", "--workspace", copy, "--network", "resnet18", "--epochs", EPOCHS,
                               "--threads", THREADS,
                               "--no-augmentation", "--json"],
            "PyTorch Lightning": [sys.executable, here / "lightning_run.py", workspace, EPOCHS, THREADS],
        }
        for name, command in commands.items():
            try:
                runs[name].append(timed(command, {}))
            except (RuntimeError, OSError) as e:
                say(f"{name} is left out: {e}")
        shutil.rmtree(copy)
    return runs


def quotient(a, b):
    return round(a / b, 3) if a and b else None


def main():
    folder = Path(tempfile.mkdtemp(prefix="heimdall-bench-"))
    try:
        subprocess.run(java_command("TrainingBenchFiles", folder), check=True, stderr=subprocess.DEVNULL)
        found = engines(folder)
        times = measure(found)
        memory = {name: engine.peak_megabytes() for name, engine in found.items()}
        for engine in found.values():
            engine.end()
        runs = whole_epochs(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    seconds = {name: min(run[1] for run in some) for name, some in runs.items() if some}
    ratios = {
        "djl_step_vs_pytorch": quotient(times.get(("step", "PyTorch")), times.get(("step", "djl-pytorch"))),
        "dl4j_step_vs_djl": quotient(times.get(("step", "djl-pytorch")), times.get(("step", "dl4j"))),
        "onnx_b1_vs_pytorch": quotient(times.get(("predict", 1, "PyTorch")), times.get(("predict", 1, "ONNX Runtime"))),
        "onnx_b32_vs_pytorch": quotient(
            times.get(("predict", 32, "PyTorch")), times.get(("predict", 32, "ONNX Runtime"))),
        "epoch_vs_lightning": quotient(seconds.get("PyTorch Lightning"), seconds.get("heimdall train")),
    }
    write(times, memory, runs, ratios)
    if as_json:
        print(json.dumps(ratios), flush=True)
    else:
        for name, value in ratios.items():
            print(f"{name:22} {value}")


TARGETS = {"djl_step_vs_pytorch": 1, "dl4j_step_vs_djl": 1 / 2.2, "onnx_b1_vs_pytorch": 1, "onnx_b32_vs_pytorch": 1,
           "epoch_vs_lightning": 1}
BEGIN, END = "<!-- dev/bench.sh training -->", "<!-- end of training -->"


def cell(times, *key):
    return f"{times[key]:.1f}" if key in times else ""


def write(times, memory, runs, ratios):
    lines = [BEGIN, "## Training and inference", "",
             f"Made by `dev/bench.sh training{' --quick' if quick else ''}` on {processor()}.",
             f"ResNet-18 with 7 channels of 128 x 32, the same weights and batch, {THREADS} threads, each engine in a process",
             f"of its own, taking turns; the median over {ROUNDS} rounds of the least of some calls in a row. PyTorch is 2.7.1 in",
             "Python, with its default AdamW and gradient clipping. Memory is the largest resident size.", "",
             "| engine | training step of 32, ms | inference of 32, ms | of 1, ms | memory, MB |", "|---|---|---|---|---|"]
    for name in memory:
        lines.append(f"| {name} | {cell(times, 'step', name)} | {cell(times, 'predict', 32, name)} |"
                     f" {cell(times, 'predict', 1, name)} | {memory[name]} |")
    lines += ["", f"Whole trainings of {EPOCHS} epochs on {SESSIONS} simulated sessions, features from the recordings included (the",
              "faster of the runs). Heimdall's also exports, registers and evaluates the model; the Lightning script computes",
              "features with librosa in two loader workers, keeps them for the later epochs, and stops behind the last epoch.", "",
              "| program | seconds | largest process, MB |", "|---|---|---|"]
    for name, some in runs.items():
        if some:
            _, seconds, megabytes = min(some, key=lambda run: run[1])
            lines.append(f"| {name} | {seconds:.1f} | {megabytes} |")
    lines += ["", "| ratio, above 1 ours is faster | measured | target | |", "|---|---|---|---|"]
    for name, value in ratios.items():
        met = "no peer" if value is None else "met" if value >= TARGETS[name] else "missed"
        lines.append(f"| `{name}` | {value} | at least {TARGETS[name]:.3g} | {met} |")
    section = "\n".join([*lines, END])
    file = root / "docs/BENCHMARKS.md"
    text = file.read_text() if file.exists() else "# Benchmarks\n"
    old = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.S)
    text = old.sub(lambda _: section, text) if old.search(text) else text.rstrip() + "\n\n" + section
    file.write_text(text.rstrip() + "\n")


main()
