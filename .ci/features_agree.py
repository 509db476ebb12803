"""Compares `heimdall features` with the definition, mel_reference.py, over signals and flags.

Run: python features_agree.py HEIMDALL FOLDER_OF_MEL_REFERENCE SCRATCH_FOLDER
Tolerances: 1e-3 dB down to 60 dB below the frame's largest value, 0.05 dB down to 100 dB below; of powers 1e-4 of
the value and 1e-6 of the frame's largest.
"""
import subprocess
import sys
from pathlib import Path

import numpy as np

heimdall, folder, scratch = sys.argv[1], sys.argv[2], Path(sys.argv[3])
sys.path.insert(0, folder)
import mel_reference as ref  # noqa: E402

RNG = np.random.default_rng(5)


def iq(n, tones=()):
    x = 0.01 * (RNG.standard_normal(n) + 1j * RNG.standard_normal(n))
    for cycles, level in tones:
        x += level * np.exp(2j * np.pi * cycles * np.arange(n))
    return x.astype(np.complex64)


def expected(x, rate, sides, scale, fft=2048, hop=512, mels=128, frames=32, power=False):
    bank_rate = 22050.0 if scale == "audio" else rate
    if frames != "all":
        hop = ref.hop_for(len(x), frames, hop)
    mel = {"real": ref.mel_real, "two-sided": ref.mel_two_sided, "folded": ref.mel_folded}[sides]
    m = mel(x, bank_rate, mels, fft, hop, htk=scale == "htk")
    if frames != "all":
        m = ref.pool_frames(m, frames)
    return m if power else ref.to_db(m)


def measured(x, rate, flags):
    source, out = scratch / "signal.npy", scratch / "mel.npy"
    np.save(source, x)
    run = subprocess.run(
        [heimdall, "features", source, "--out", out, "--rate", str(rate), *flags], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f"heimdall features {' '.join(flags)} exits {run.returncode}: {run.stderr}")
    return np.load(out)


def worst(got, want, power):
    """The largest deviation as a fraction of what is allowed."""
    assert got.dtype == np.float32 and got.shape == want.shape, (got.dtype, got.shape, want.shape)
    top = want.max(axis=0, keepdims=True)
    error = np.abs(got - want)
    if power:
        return (error / (1e-4 * want + 1e-6 * top + 1e-30)).max()
    allowed = np.where(want >= top - 60, 1e-3, np.where(want >= top - 100, 0.05, np.inf))
    return (error / allowed).max()


def flags_of(sides, scale, fft=None, hop=None, mels=None, frames=None, power=False):
    words = [f"--{sides}", "--scale", scale]
    for name, value in [("fft", fft), ("hop", hop), ("mels", mels), ("frames", frames)]:
        if value is not None:
            words += [f"--{name}", str(value)]
    return words + (["--power"] if power else [])


noise = iq(48000)
loud = iq(50001, [(0.11, 0.9), (-0.31, 1e-4), (0.4999, 1e-3)])
burst = np.where(np.arange(60000) // 2000 % 2 == 0, iq(60000, [(0.2, 1.0)]), np.complex64(1e-6))
speech = np.real(loud).astype(np.float32)
cases = [
    (noise, 48000, "two-sided", "audio", {}),
    (noise, 1e6, "two-sided", "slaney", {}),
    (noise, 12500, "folded", "htk", {"power": True}),
    (loud, 192000, "two-sided", "audio", {"fft": 1000, "hop": 333, "mels": 40}),
    (loud, 2.4e6, "folded", "audio", {"frames": "all", "power": True}),
    (loud, 22050, "two-sided", "htk", {"fft": 1009, "hop": 100, "mels": 10, "frames": 7}),
    (burst, 96000, "two-sided", "audio", {"frames": "all"}),
    (burst[:4099], 96000, "folded", "slaney", {}),
    (speech, 16000, "real", "slaney", {}),
    (speech, 44100, "real", "htk", {"fft": 4096, "hop": 1024, "frames": "all", "mels": 200}),
    (speech[:777], 8000, "real", "audio", {"power": True, "fft": 511, "mels": 31}),
    (speech, 16000, "two-sided", "audio", {}),
]
failures = 0
for x, rate, sides, scale, more in cases:
    ratio = worst(
        measured(x, rate, flags_of(sides, scale, **more)), expected(x, rate, sides, scale, **more),
        more.get("power", False))
    good = ratio <= 1
    failures += not good
    print(f"{'ok' if good else 'OFF'}  {ratio:8.2g} of what is allowed: {len(x)} samples {sides} {scale} {more}")
sys.exit(1 if failures else 0)
