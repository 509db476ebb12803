package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Level;
import io.heimdall.dataset.Session;
import java.util.List;
import java.util.OptionalDouble;

/** The log-distance law of a network's levels with a gain for each station, to be held against other sessions. */
public final class StationLaw {
    private final PathLoss loss;

    private StationLaw(PathLoss loss) {
        this.loss = loss;
    }

    /**
     * Fits exponent and gains by least squares.
     *
     * @param training sessions of known places
     */
    public static StationLaw fit(List<Session> training) {
        return new StationLaw(PathLoss.fit(training));
    }

    /**
     * Returns the level without distance and gain of its station, decibels: the power of the transmitter, and what the law does not know.
     *
     * @return empty for a station that the law has no gain of
     */
    public OptionalDouble residualDb(GeoPoint source, Level level) {
        return loss.residualDb(source, level);
    }
}
