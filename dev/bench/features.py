"""Heimdall's features beside other programs: one session, alternating, the least time of many short runs.

Run by dev/bench.sh: features.py ROOT CLASSPATH VENV [--quick] [--json]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from pathlib import Path

from machine import javas, processor, say, version

for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ[variable] = "1"
warnings.filterwarnings("ignore")
try:
    import numpy as np
except ImportError:  # then there are no peers in Python, and the table is ours alone
    np = None

root, classpath, venv = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
quick, as_json = "--quick" in sys.argv, "--json" in sys.argv
ROUNDS = 4 if quick else 10
SLICE_MS = 400 if quick else 600
RATE, N, HOP, MELS, FRAMES = 48000, 2048, 512, 128, 375
SAMPLES = (FRAMES - 1) * HOP

if np is not None:
    rng = np.random.default_rng(1)
    real = (0.1 * rng.standard_normal(SAMPLES)).astype(np.float32)
    iq = (0.1 * (rng.standard_normal(SAMPLES) + 1j * rng.standard_normal(SAMPLES))).astype(np.complex64)


class Ours:
    """A JVM that measures what it is asked: io.heimdall.bench.Bench."""

    def __init__(self, java, kernels):
        flags = [] if kernels == "portable" else ["--add-modules", "jdk.incubator.vector"]
        self.process = subprocess.Popen(
            [java, "-Xmx1g", *flags, f"-Dheimdall.features.kernels={kernels}", "-cp", classpath, "io.heimdall.bench.Bench"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def ask(self, case, threads=1, ms=None):
        self.process.stdin.write(f"{case} {threads} {ms or SLICE_MS}\n")
        self.process.stdin.flush()
        words = self.process.stdout.readline().split()
        if len(words) != 2:
            raise SystemExit(f"heimdall's benchmark failed at {case}")
        return float(words[0]), float(words[1])


def warm(machine, case):
    """Asks until two answers in a row agree, 25 seconds at most."""
    before, end = float("inf"), time.perf_counter() + 25
    while time.perf_counter() < end:
        now = machine.ask(case, 1, 2000)[0]
        if abs(now - before) < 0.03 * now and now < 1e5:
            return
        before = now


class Fftw:
    def __init__(self):
        self.process = subprocess.Popen([venv / "fftw"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, kind):
        self.process.stdin.write(f"{kind} {N} {HOP} {SLICE_MS}\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())


def least(function, threads=1):
    """Nanoseconds a frame. With threads, each computes everything; the time is shared among them."""
    function()
    best, end = float("inf"), time.perf_counter() + SLICE_MS / 1000
    while time.perf_counter() < end or best == float("inf"):
        begin = time.perf_counter()
        if threads == 1:
            function()
        else:
            workers = [threading.Thread(target=function) for _ in range(threads)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
        best = min(best, time.perf_counter() - begin)
    return best / FRAMES / threads * 1e9


def attempt(what, make):
    try:
        return make()
    except Exception as e:  # noqa: BLE001  a peer that is not there is left out, whatever the reason
        say(f"{what} is left out: {str(e).splitlines()[0] if str(e) else type(e).__name__}")
        return {}


def librosa_peers():
    import librosa

    def mel():
        m = librosa.feature.melspectrogram(y=real, sr=RATE, n_fft=N, hop_length=HOP, n_mels=MELS, pad_mode="constant")
        return librosa.power_to_db(m, top_db=None)

    bank = librosa.filters.mel(sr=RATE, n_fft=N, n_mels=MELS)
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(N) / N)).astype(np.float32)

    def numpy_mel(fft):
        x = np.lib.stride_tricks.sliding_window_view(np.pad(real, N // 2), N)[::HOP]
        z = fft(x * window)
        return 10 * np.log10(np.maximum(bank @ (z.real**2 + z.imag**2).T, 1e-10))

    import scipy.fft

    return {"mel_real": {
        f"librosa {librosa.__version__}": mel,
        f"numpy {np.__version__}": lambda: numpy_mel(np.fft.rfft),
        f"scipy {scipy.__version__}": lambda: numpy_mel(scipy.fft.rfft)}}


def torch_peers():
    import librosa
    import torch

    torch.set_num_threads(1)
    x, z, window = torch.from_numpy(real), torch.from_numpy(iq), torch.hann_window(N)
    bank = torch.from_numpy(librosa.filters.mel(sr=RATE, n_fft=N, n_mels=MELS))
    half = torch.from_numpy(librosa.filters.mel(sr=22050, n_fft=N, n_mels=MELS // 2))

    def stft(signal, **options):
        s = torch.stft(signal, N, HOP, window=window, center=True, pad_mode="constant", return_complex=True, **options)
        return s.real**2 + s.imag**2

    def two_sided():
        p = stft(z, onesided=False)
        negative = torch.cat((p[:1], p[N // 2:].flip(0)))
        m = torch.cat(((half @ negative).flip(0), half @ p[: N // 2 + 1]))
        return 10 * torch.log10(torch.clamp(m, min=1e-10))

    name = f"torch {torch.__version__.split('+')[0]}"
    peers = {"mel_real": {name: lambda: 10 * torch.log10(torch.clamp(bank @ stft(x), min=1e-10))},
             "mel_two_sided": {name: two_sided}}

    def audio():
        import torchaudio

        mel = torchaudio.transforms.MelSpectrogram(
            RATE, N, hop_length=HOP, n_mels=MELS, pad_mode="constant", norm="slaney", mel_scale="slaney")
        db = torchaudio.transforms.AmplitudeToDB("power", None)
        db(mel(x))
        peers["mel_real"][f"torchaudio {torchaudio.__version__.split('+')[0]}"] = lambda: db(mel(x))
        return {}

    attempt("torchaudio", audio)
    return peers


def newest_and_17():
    found = javas()
    chosen = [max(found)] + ([17] if 17 in found and max(found) != 17 else [])
    return {f"JDK {major}": found[major] for major in chosen}


def directory_run(java):
    """Recordings in, feature files out, by a librosa script and by heimdall features; seconds a recording."""
    folder = Path(tempfile.mkdtemp(prefix="heimdall-bench-"))
    try:
        files = [folder / f"{i}.npy" for i in range(3 if quick else 8)]
        for file in files:
            np.save(file, np.tile(real, 40 if quick else 100))
        script = ("import sys, numpy as np, librosa\n"
                  "for f in sys.argv[1:]:\n"
                  "  m = librosa.feature.melspectrogram(y=np.load(f), sr=48000, n_fft=2048, hop_length=512)\n"
                  "  np.save(f + '.mel.npy', librosa.power_to_db(m, top_db=None))\n")
        begin = time.perf_counter()
        subprocess.run([venv / "bin/python", "-c", script, *map(str, files)], check=True)
        theirs = time.perf_counter() - begin
        environment = {**os.environ, "JAVA_HOME": str(Path(java).resolve().parent.parent)}
        command = [root / "heimdall", "features", *files, "--rate", "48000", "--frames", "all", "--out", folder / "features"]
        subprocess.run([root / "heimdall", "--version"], check=True, env=environment, capture_output=True)  # builds it
        begin = time.perf_counter()
        subprocess.run(command, check=True, env=environment, capture_output=True)
        ours = time.perf_counter() - begin
        return ours / len(files), theirs / len(files), len(files), 40 if quick else 100
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    machines = {f"{name}, {kernels}": Ours(java, kernels)
                for name, java in newest_and_17().items() for kernels in ("vector", "portable")}
    current = next(iter(machines))
    portable = current.replace("vector", "portable")
    peers = {"mel_real": {}, "mel_two_sided": {}}
    for what, make in (("librosa", librosa_peers), ("torch", torch_peers)):
        for case, functions in attempt(what, make).items():
            peers[case].update(functions)
    fftw = attempt("FFTW", lambda: {"c": Fftw()} if (venv / "fftw").exists() else {})
    table, allocated = {}, 0.0

    def note(case, who, threads, value):
        key = (case, who, threads)
        table[key] = min(table.get(key, float("inf")), value)

    cases = ["mel_real", "mel_two_sided", "fft_power_real", "fft_power_complex"]
    for machine in machines.values():  # until the compilers are done
        for case in cases:
            warm(machine, case)
    for turn in range(ROUNDS):
        say(f"round {turn + 1} of {ROUNDS}")
        for who, machine in machines.items():
            for case in cases:
                time_ns, bytes_a_frame = machine.ask(case)
                note(case, who, 1, time_ns)
                if who == current and case.startswith("mel"):
                    allocated = bytes_a_frame if turn == 0 else min(allocated, bytes_a_frame)
        for threads in (1, 2):
            note("recording", current, threads, machines[current].ask("recording", threads)[0])
        for case, functions in peers.items():
            for who, function in functions.items():
                note(case, who, 1, least(function))
                if who.startswith(("librosa", "torch ")):
                    note(case, who, 2, least(function, 2))
        for program in fftw.values():
            for kind in ("real", "complex"):
                note(f"fft_power_{kind}", "FFTW", 1, program.ask(kind))
    extra = {} if quick else {case: machines[current].ask(case)[0] for case in ("mel_folded", "mfcc", "decode_cs16", "decode_cu8", "decode_cf32")}
    whole = attempt("the directory of recordings", lambda: {"run": directory_run(next(iter(newest_and_17().values())))})

    def ratio(case, who, ours=current, mine=None):
        theirs = [v for (c, w, t), v in table.items() if c == case and t == 1 and w.startswith(who)]
        own = table.get((mine or case, ours, 1))
        return round(min(theirs) / own, 3) if theirs and own else None

    fft = [r for r in (ratio("fft_power_real", "FFTW"), ratio("fft_power_complex", "FFTW")) if r is not None]
    one, two = table.get(("recording", current, 1)), table.get(("recording", current, 2))
    ratios = {
        "mel_real_vs_librosa": ratio("mel_real", "librosa"),
        "mel_real_vs_torch": ratio("mel_real", "torch "),
        "two_sided_vs_torch": ratio("mel_two_sided", "torch "),
        "fft_power_vs_fftw": min(fft) if fft else None,
        "threads_2_vs_1": round(one / two, 3),
        "portable_vs_librosa": ratio("mel_real", "librosa", portable),
        "bytes_per_frame": round(allocated, 3),
    }
    write(table, ratios, current, extra, whole.get("run"))
    if as_json:
        print(json.dumps(ratios), flush=True)
    else:
        for name, value in ratios.items():
            print(f"{name:22} {value}")


TARGETS = {"mel_real_vs_librosa": 8, "mel_real_vs_torch": 5, "two_sided_vs_torch": 5, "fft_power_vs_fftw": 1,
           "threads_2_vs_1": 1.9, "portable_vs_librosa": 1, "bytes_per_frame": 0}
TITLES = {"mel_real": "Real mel spectrogram in decibels", "mel_two_sided": "Complex two-sided mel spectrogram in decibels",
          "fft_power_real": "Window, FFT and power of a real frame", "fft_power_complex": "Window, FFT and power of a complex frame",
          "recording": "A whole recording in memory to 32 pooled frames, two-sided"}


def write(table, ratios, current, extra, whole):
    lines = ["# Benchmarks", "", f"Made by `dev/bench.sh features{' --quick' if quick else ''}` on {processor()}.",
             f"Java {' and '.join(version(java) for java in newest_and_17().values())}.",
             f"FFT {N}, hop {HOP}, {MELS} bands, {FRAMES} frames, float32. Nanoseconds a frame, the least of many short runs in",
             f"{ROUNDS} alternating rounds in one session. Two threads: each frame's time shared among them.", ""]
    for case, title in TITLES.items():
        rows = {(w, t): v for (c, w, t), v in table.items() if c == case}
        if not rows:
            continue
        lines += [f"## {title}", "", "| program | threads | ns a frame | times ours |", "|---|---|---|---|"]
        own = table[(case, current, 1)]
        for (who, threads), value in sorted(rows.items(), key=lambda row: row[1]):
            name = f"heimdall, {who}" if who.startswith("JDK") else who
            lines.append(f"| {name} | {threads} | {value:.0f} | {value / own:.2f} |")
        lines.append("")
    if extra:
        lines += ["## Also", "", f"With {current}, ns a frame of {HOP} new samples: "
                  + ", ".join(f"{name} {value:.0f}" for name, value in extra.items()) + ".", ""]
    if whole:
        lines += ["## Files in, files out", "",
                  f"{whole[2]} recordings of {whole[3] * SAMPLES / 1e6:.1f} million real samples, one start of a program for all:"
                  f" `heimdall features FILES --frames all --out DIR` {whole[0] * whole[2]:.1f} s, a librosa script"
                  f" {whole[1] * whole[2]:.1f} s: {whole[1] / whole[0]:.1f} times as long.", ""]
    lines += ["## Ratios", "", "| ratio | measured | target | |", "|---|---|---|---|"]
    for name, value in ratios.items():
        target = TARGETS[name]
        met = value is not None and (value <= target if name == "bytes_per_frame" else value >= target)
        bound = "at most" if name == "bytes_per_frame" else "at least"
        lines.append(f"| `{name}` | {value} | {bound} {target} | {'met' if met else 'no peer' if value is None else 'missed'} |")
    note = root / "dev/bench/NOTES.md"
    lines += ["", note.read_text().rstrip() if note.exists() else ""]
    file = root / "docs/BENCHMARKS.md"
    others = re.findall(r"<!-- dev/bench.*?-->.*?<!-- end of \w+ -->", file.read_text() if file.exists() else "", re.S)
    text = "\n\n".join(["\n".join(lines).rstrip(), *others])
    file.write_text(text + "\n")


main()
