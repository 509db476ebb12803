"""Makes the recordings beside this file with the programs that others use: numpy, scipy, soundfile and sigmf.

Each holds x[n] = 0.5 exp(2 pi i n / 16), n = 0..63; FIXTURES.tsv says what a reader must find.
Run by hand: python3 -m venv v && v/bin/pip install numpy scipy soundfile sigmf && v/bin/python make.py
"""
import json
import os
import pathlib
import shutil
import warnings

import numpy as np
import scipy.io.wavfile
import sigmf
import soundfile

N = 64
x = 0.5 * np.exp(2j * np.pi * np.arange(N) / 16)
iq = np.stack([x.real, x.imag], axis=1)
here = pathlib.Path(__file__).parent
os.chdir(here)
rows = []


def add(name, rate="", hertz="", start="", options=""):
    rows.append("\t".join([name, str(rate), str(hertz), start, options]))


# NumPy, all versions, both orders of bytes and of dimensions
for version in ((1, 0), (2, 0), (3, 0)):
    with open(f"v{version[0]}.npy", "wb") as f:
        np.lib.format.write_array(f, x.astype("<c8"), version=version)
    add(f"v{version[0]}.npy")
np.save("c16_big.npy", x.astype(">c16"))
np.save("rows_f4.npy", np.ascontiguousarray(iq.T.astype("<f4")))
np.save("rows_fortran_f8.npy", np.asfortranarray(iq.T.astype(">f8")))
np.save("columns_i2.npy", np.ascontiguousarray((iq * 32768).round().astype("<i2")))
np.save("columns_fortran_f4.npy", np.asfortranarray(iq.astype("<f4")))
for name in ("c16_big", "rows_f4", "rows_fortran_f8", "columns_i2", "columns_fortran_f4"):
    add(name + ".npy")

# WAV by two writers
for subtype in ("PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"):
    soundfile.write(f"{subtype.lower()}.wav", iq, 48000, subtype=subtype)
    add(f"{subtype.lower()}.wav", 48000)
soundfile.write("rf64.wav", iq, 96000, subtype="PCM_24", format="RF64")
add("rf64.wav", 96000)
soundfile.write("extensible.wav", iq, 96000, subtype="PCM_24", format="WAVEX")
add("extensible.wav", 96000)
scipy.io.wavfile.write("HDSDR_20240131_120000Z_14070kHz_RF.wav", 192000, iq.astype(np.float32))
add("HDSDR_20240131_120000Z_14070kHz_RF.wav", 192000, 14070000, "2024-01-31T12:00:00Z")

# SigMF: a pair with a checksum, an archive, a collection of two, a foreign dataset
meta = {"core:frequency": 433.92e6, "core:datetime": "2024-01-31T12:00:00.5Z"}


def recording(base, datatype, samples):
    samples.tofile(base + ".sigmf-data")
    made = sigmf.SigMFFile(
        data_file=base + ".sigmf-data",
        global_info={"core:datatype": datatype, "core:sample_rate": 250000, "core:version": sigmf.__specification__},
    )
    made.add_capture(0, metadata=meta)
    made.tofile(base + ".sigmf-meta", overwrite=True)
    return made


def integers(dtype, scale):
    return (iq * scale).round().astype(dtype)


recording("big", "ci16_be", integers(">i2", 32768))
add("big.sigmf-meta", 250000, 433920000, "2024-01-31T12:00:00.5Z")
shutil.rmtree("tmp", ignore_errors=True)
os.mkdir("tmp")
made = recording("tmp/archived", "cf32_le", x.astype("<c8"))
made.archive("archive.sigmf", overwrite=True)
add("archive.sigmf", 250000, 433920000, "2024-01-31T12:00:00.5Z")
shutil.rmtree("tmp")
for stream in ("east", "west"):
    recording(stream, "ci8", integers("i1", 128))
collection = sigmf.SigMFCollection(["east.sigmf-meta", "west.sigmf-meta"])
collection.tofile("both.sigmf-collection", overwrite=True)
add("both.sigmf-collection", 250000, 433920000, "2024-01-31T12:00:00.5Z", "stream=west")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    foreign = sigmf.fromfile("pcm_16.wav")
with open("foreign.sigmf-meta", "w") as f:
    described = json.loads(foreign.dumps())
    described["global"].update({"core:dataset": "pcm_16.wav", "core:datatype": "ci16_le", "core:num_channels": 1})
    del described["captures"][0]["core:datetime"]
    json.dump(described, f, indent=1)
add("foreign.sigmf-meta", 48000)

# What these programs have no writer for is written down byte by byte
(iq * 127.5 + 127.5).round().astype("u1").tofile("g001_433.92M_250k.cu8")
add("g001_433.92M_250k.cu8", 250000, 433920000)
x.astype("<c8").tofile("gqrx_20240131_120000_433920000_1800000_fc.raw")
add("gqrx_20240131_120000_433920000_1800000_fc.raw", 1800000, 433920000, "2024-01-31T12:00:00Z")

(here / "FIXTURES.tsv").write_text("\n".join(rows) + "\n")
