"""The stack that Heimdall trained with before: PyTorch Lightning, a DataLoader, features by librosa. Trains on a workspace.

Run by training.py: lightning_run.py WORKSPACE EPOCHS THREADS; ends with one line of JSON.
"""
import json
import logging
import math
import os
import sqlite3
import sys
import tempfile
import time
import warnings
from pathlib import Path

begin = time.perf_counter()
workspace, epochs, threads = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
for variable in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = str(threads)
warnings.filterwarnings("ignore")
logging.getLogger("lightning.pytorch").setLevel(logging.ERROR)
import librosa  # noqa: E402
import lightning.pytorch as lightning  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
from torch.utils.data import DataLoader, Dataset, Subset  # noqa: E402

from localisation import Localisation, gaussian_nll  # noqa: E402

N, FRAMES, BANDS = 2048, 32, 64  # bands on each side of 0 Hz
FLOOR_DB = -120.0
BANK = librosa.filters.mel(sr=22050, n_fft=N, n_mels=BANDS)


def spectrogram(file):
    """Two-sided mel spectrogram in decibels, (128, 32): the audio bank on each side, hops averaged in 32 groups."""
    iq = np.load(file)
    hop = max(1, min(512, len(iq) // FRAMES))
    spectrum = np.fft.fft(librosa.util.frame(np.pad(iq, N // 2), frame_length=N, hop_length=hop).T
                          * librosa.filters.get_window("hann", N).astype(np.float32), axis=1)
    power = (spectrum.real**2 + spectrum.imag**2).T.astype(np.float32)
    negative = np.concatenate((power[:1], power[N // 2:][::-1]))
    mel = np.concatenate(((BANK @ negative)[::-1], BANK @ power[: N // 2 + 1]))
    edges = np.linspace(0, mel.shape[1], FRAMES + 1).astype(int)
    pooled = np.stack([mel[:, a:max(b, a + 1)].mean(1) for a, b in zip(edges, edges[1:])], 1)
    return librosa.power_to_db(pooled, amin=1e-12, top_db=None)


class Sessions(Dataset):
    """Features are computed when they are first asked for, in the loader's workers, and kept as files."""

    def __init__(self, cache):
        self.cache = Path(cache)
        database = sqlite3.connect(workspace / "catalog.sqlite")
        stations = [row[0] for row in database.execute("select id from websdr_stations order by name")]
        self.channel = {station: i for i, station in enumerate(stations)}
        self.sessions = {}
        for session, latitude, longitude, station, location, calibration in database.execute(
                "select s.session_id, s.source_latitude, s.source_longitude, m.websdr_station_id, m.iq_data_location,"
                " t.calibration_db from training_sessions s join training_measurements t on t.session_id = s.session_id"
                " join measurements m on m.id = t.measurement_id order by s.session_id, t.position"):
            file = workspace / "objects" / location.removeprefix("s3://")
            self.sessions.setdefault(session, ((latitude, longitude), []))[1].append((station, file, calibration))
        self.ids = list(self.sessions)
        places = np.array([self.sessions[i][0] for i in self.ids])
        self.mean, self.deviation = places.mean(0), places.std(0)

    def __len__(self):
        return len(self.ids)

    def __getitem__(self, index):
        place, measurements = self.sessions[self.ids[index]]
        kept = self.cache / f"{index}.npy"
        if kept.exists():
            features = np.load(kept)
        else:
            features = np.full((7, 2 * BANDS, FRAMES), FLOOR_DB, np.float32)
            for station, file, calibration in measurements:
                features[self.channel[station]] = spectrogram(file) + calibration
            np.save(kept, features)
        target = (np.array(place) - self.mean) / self.deviation
        return torch.from_numpy((features + 90) / 20), torch.from_numpy(target.astype(np.float32))


class Module(lightning.LightningModule):
    def __init__(self, steps):
        super().__init__()
        self.net, self.steps, self.nll = Localisation(7), steps, math.nan

    def training_step(self, batch, _):
        return gaussian_nll(*self.net(batch[0]), batch[1])

    def validation_step(self, batch, _):
        self.log("nll", gaussian_nll(*self.net(batch[0]), batch[1]), batch_size=len(batch[1]))

    def configure_optimizers(self):
        optimizer = torch.optim.AdamW(self.parameters(), lr=1e-3, weight_decay=1e-4)
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, self.steps)
        return {"optimizer": optimizer, "lr_scheduler": {"scheduler": schedule, "interval": "step"}}


def main():
    lightning.seed_everything(1, verbose=False)
    torch.set_num_threads(threads)
    with tempfile.TemporaryDirectory() as folder:
        data = Sessions(folder)
        order = torch.randperm(len(data)).tolist()
        held = max(2, len(data) // 10)
        training, validation = Subset(data, order[2 * held:]), Subset(data, order[:held])
        loader = {"batch_size": 32, "num_workers": threads, "persistent_workers": True}
        batches = DataLoader(training, shuffle=True, drop_last=len(training) % 32 == 1, **loader)
        started = time.perf_counter()
        trainer = lightning.Trainer(
            max_epochs=epochs, accelerator="cpu", gradient_clip_val=1.0, logger=False, enable_progress_bar=False,
            enable_model_summary=False, num_sanity_val_steps=0, default_root_dir=folder,
            callbacks=[lightning.callbacks.ModelCheckpoint(folder, monitor="nll", save_last=True)])
        trainer.fit(Module(epochs * len(batches)), batches, DataLoader(validation, **loader))
        print(json.dumps({
            "fit_s": time.perf_counter() - started,
            "total_s": time.perf_counter() - begin,
            "steps": trainer.global_step,
            "nll": float(trainer.callback_metrics["nll"])}), flush=True)


main()
