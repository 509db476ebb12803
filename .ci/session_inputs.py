"""The inputs of a model file for one session, made from its metadata as its description says, without Heimdall's code."""
import json

import numpy as np


class SessionInputs:
    """`spectrogram(station's file)` gives what the file reads of a recording: decibels (128, 32), or IQ samples (samples, 2)."""

    def __init__(self, meta, spectrogram, nothing=-200):
        self.meta = meta
        self.spectrogram = spectrogram
        self.nothing = nothing
        self.name = "iq" if "iq_samples" in meta else "mel_spectrogram"
        self.shape = (int(meta["iq_samples"]), 2) if "iq_samples" in meta else (128, 32)
        self.stations = json.loads(meta["heimdall.stations"])
        self.of = self.station_set if meta["heimdall.input_producer"] == "station-set" else self.channels

    def channels(self, recordings, frequency):
        """A channel for each station of the model, filled where a station heard nothing."""
        absent = 0 if self.name == "iq" else float(self.meta["heimdall.absent_db"])
        mel = np.full((1, len(self.stations), *self.shape), absent, np.float32)
        for station, file in recordings.items():
            mel[0, self.stations.index(station)] = self.spectrogram(file)
        return {self.name: mel}

    def station_set(self, recordings, frequency):
        """Any stations in any order; a station that was in service and heard nothing is one too, and so is padding that is not."""
        silent = [s for s in self.stations if s not in recordings] if self.meta["heimdall.absent_stations"] == "silent" else []
        names = [*recordings, *silent][::-1]
        rows = len(names) + 2
        mel = np.full((1, rows, *self.shape), self.nothing, np.float32)
        flags = {key: np.zeros((1, rows), bool) for key in ("heard", "recorded", "in_service")}
        position = np.zeros((1, rows, 2), np.float32)
        index = np.zeros((1, rows), np.int64)
        places = json.loads(self.meta["heimdall.station_positions"])
        for row, name in enumerate(names, 1):  # a row of padding before and one behind
            index[0, row] = self.stations.index(name)
            position[0, row] = places[self.stations.index(name)]
            flags["in_service"][0, row] = True
            if name in recordings:
                mel[0, row] = self.spectrogram(recordings[name])
                flags["heard"][0, row] = flags["recorded"][0, row] = True
        return {
            self.name: mel, "station_position": position, "station_index": index, **flags,
            "level_db": np.zeros((1, rows), np.float32), "frequency_hz": np.array([frequency], np.float32)}
