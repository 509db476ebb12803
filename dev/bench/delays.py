"""Heimdall's delays beside scipy.signal.correlate on the same search: one session, taking turns, the least of many runs.

Run by dev/bench.sh: delays.py ROOT CLASSPATH [--quick] [--json]

The search is all delays up to a distance. Where the receivers' frequencies may differ, scipy correlates once for each frequency
that the length of the recordings tells from the next; heimdall looks at all of them, too, and also measures coherence and sigma.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine import javas, processor, say, version

for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"
import numpy as np

try:
    import scipy
    import scipy.signal
except ImportError:  # then the table is ours alone
    scipy = None

root, classpath = Path(sys.argv[1]), sys.argv[2]
quick, as_json = "--quick" in sys.argv, "--json" in sys.argv
ROUNDS = 3 if quick else 6
SLICE_MS = 1000 if quick else 2000
LIGHT = 299_792_458
BEGIN, END = "<!-- dev/bench.sh delays -->", "<!-- end of delays -->"

# Name, rate, seconds, metres, largest frequency offset in Hz, limit in ms.
CASES = {
    "pair_60s_12khz": (12_000, 60, 1_000_000, 0, 60),
    "pair_1s_2mhz": (2_000_000, 1, 100_000, 0, 400),
    "pair_60s_12khz_offset": (12_000, 60, 1_000_000, 0.15, 60),
}
TITLES = {
    "pair_60s_12khz": "60 s at 12 kHz, 1000 km",
    "pair_1s_2mhz": "1 s at 2 MHz, 100 km",
    "pair_60s_12khz_offset": "60 s at 12 kHz, 1000 km, offsets of 0.15 Hz either way",
}


def recordings(rate, seconds, delay):
    """Noise that fills 0.8 of the band, at 10 dB in each receiver."""
    rng = np.random.default_rng(1)
    n, pad = int(rate * seconds), 4096
    size = scipy.fft.next_fast_len(n + 2 * pad) if scipy else n + 2 * pad
    spectrum = rng.standard_normal(size) + 1j * rng.standard_normal(size)
    f = np.fft.fftfreq(size)
    spectrum[np.abs(f) > 0.4] = 0
    spectrum *= np.sqrt(10 / np.mean(np.abs(spectrum) ** 2) * size)

    def hear(late):
        signal = np.fft.ifft(spectrum * np.exp(-2j * np.pi * f * late))[pad:pad + n]
        noise = (rng.standard_normal(n) + 1j * rng.standard_normal(n)) / np.sqrt(2)
        return (0.05 * (signal + noise)).astype(np.complex64)

    return hear(delay * rate), hear(0)


def correlate(a, b, rate, reach, offset):
    """The delay by scipy: the highest of the correlations at all offsets, and the vertex of a parabola."""
    n = len(a)
    step = rate / n
    best = None
    for i in range(-int(np.ceil(offset / step)), int(np.ceil(offset / step)) + 1):
        x = a if i == 0 else a * np.exp(-2j * np.pi * i / n * np.arange(n, dtype=np.float32)).astype(np.complex64)
        c = np.abs(scipy.signal.correlate(x, b, mode="full", method="fft")[n - 1 - reach:n + reach])
        k = int(np.argmax(c))
        if best is None or c[k] > best[0]:
            shift = 0.5 * (c[k - 1] - c[k + 1]) / (c[k - 1] - 2 * c[k] + c[k + 1]) if 0 < k < 2 * reach else 0
            best = c[k], (k - reach + shift) / rate
    return best[1]


class Ours:
    def __init__(self, java, kernels):
        flags = [] if kernels == "portable" else ["--add-modules", "jdk.incubator.vector"]
        self.process = subprocess.Popen(
            [java, "-Xmx1g", "-XX:+UseSerialGC", *flags, f"-Dheimdall.features.kernels={kernels}", "-cp", classpath,
             "io.heimdall.bench.DelayBench"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def ask(self, files, rate, metres, offset, ms):
        self.process.stdin.write(f"{files[0]} {files[1]} {rate} {metres} {offset} {ms}\n")
        self.process.stdin.flush()
        words = self.process.stdout.readline().split()
        if len(words) != 3:
            raise SystemExit("heimdall's benchmark failed")
        return [float(word) for word in words]


def main():
    found = javas()
    java = found[max(found)]
    folder = Path(tempfile.mkdtemp(prefix="heimdall-bench-"))
    try:
        times, errors = measure(java, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    ratios = {}
    for name in CASES:
        ratios[f"{name}_ms"] = round(times[name, "vector"], 2)
        theirs = times.get((name, "scipy"))
        ratios[f"{name}_vs_scipy"] = round(theirs / times[name, "vector"], 3) if theirs else None
    write(java, times, errors)
    if as_json:
        print(json.dumps(ratios), flush=True)
    else:
        for name, value in ratios.items():
            print(f"{name:34} {value}")


def measure(java, folder):
    machines = {kernels: Ours(java, kernels) for kernels in ("vector", "portable")}
    times, errors = {}, {}
    data = {}
    for name, (rate, seconds, metres, offset, _) in CASES.items():
        delay = 0.37 * metres / LIGHT
        a, b = recordings(rate, seconds, delay)
        files = folder / f"{name}-a.cf32", folder / f"{name}-b.cf32"
        a.tofile(files[0])
        b.tofile(files[1])
        data[name] = a, b, files, delay
        for machine in machines.values():  # until the compilers are done
            machine.ask(files, rate, metres, offset, 2 * SLICE_MS)
    for turn in range(ROUNDS):
        say(f"round {turn + 1} of {ROUNDS}")
        for name, (rate, _, metres, offset, _) in CASES.items():
            a, b, files, delay = data[name]
            for kernels, machine in machines.items():
                nanoseconds, found, sigma = machine.ask(files, rate, metres, offset, SLICE_MS)
                times[name, kernels] = min(times.get((name, kernels), float("inf")), nanoseconds / 1e6)
                errors[name, kernels] = (found - delay) / sigma, sigma
            if scipy:
                reach = int(np.ceil(metres / LIGHT * rate)) + 1
                begin = time.perf_counter()
                found = correlate(a, b, rate, reach, offset)
                seconds = time.perf_counter() - begin
                times[name, "scipy"] = min(times.get((name, "scipy"), float("inf")), seconds * 1e3)
                errors[name, "scipy"] = (found - delay) / errors[name, "vector"][1], None
    return times, errors


def write(java, times, errors):
    lines = [BEGIN, "## Delays", "",
             f"Made by `dev/bench.sh delays{' --quick' if quick else ''}` on {processor()}, Java {version(java)}.",
             "A pair of recordings in memory, noise that fills 0.8 of the band at 10 dB; one thread each, taking turns, the least of",
             f"many runs in {ROUNDS} rounds. scipy correlates by FFT in single precision, once for each frequency offset that can be told",
             "from the next, and fits a parabola to the peak; it measures no coherence and no sigma. Errors are in sigmas of ours.", "",
             "| search | program | ms | times ours | limit, ms | error |", "|---|---|---|---|---|---|"]
    for name, (*_, limit) in CASES.items():
        own = times[name, "vector"]
        for who, title in (("vector", "heimdall, vector"), ("portable", "heimdall, portable"),
                           ("scipy", f"scipy {scipy.__version__}" if scipy else "")):
            if (name, who) in times:
                met = f"{limit}, {'met' if times[name, who] <= limit else 'missed'}" if who != "scipy" else ""
                lines.append(f"| {TITLES[name]} | {title} | {times[name, who]:.1f} | {times[name, who] / own:.2f} | {met} |"
                             f" {errors[name, who][0]:+.2f} |")
    section = "\n".join([*lines, END])
    file = root / "docs/BENCHMARKS.md"
    text = file.read_text() if file.exists() else "# Benchmarks\n"
    old = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.S)
    text = old.sub(lambda _: section, text) if old.search(text) else text.rstrip() + "\n\n" + section
    file.write_text(text.rstrip() + "\n")


main()
