package io.heimdall.simulation;

import io.heimdall.dataset.Station;
import java.util.Objects;

/**
 * A receiver of the simulated world. Users of its recordings know its gain from {@code calibration_db}.
 *
 * @param station name and place
 * @param gainDb from the antenna to the recording, relative to the world's full scale; -60..60
 * @param noiseFigureDb of receiver, antenna and surroundings together, 0..60
 */
public record WorldStation(Station station, double gainDb, double noiseFigureDb) {

    /** Checks the ranges. */
    public WorldStation {
        Objects.requireNonNull(station, "station");
        Range.check("gain in dB of " + station.name(), gainDb, -60, 60);
        Range.check("noise figure in dB of " + station.name(), noiseFigureDb, 0, 60);
    }
}
