package io.heimdall.pipeline.world;

import io.heimdall.features.spectrum.LevelStatistics;

/**
 * A session drawn from a {@link FittedWorld}.
 *
 * @param stations in service
 * @param heard whether each of them heard the session; at least one did
 * @param statistics of each that heard, decibels: {@link LevelStatistics} of a recording, or the level alone as a single number
 * @param eastM places drawn from the posterior, given the measurements
 * @param northM places drawn from the posterior
 */
public record SimulatedSession(
        StationSet stations, boolean[] heard, float[][] statistics, double[] eastM, double[] northM) {

    /** Returns whether what a station heard is a recording rather than a level alone. */
    public boolean recorded(int station) {
        return statistics[station].length == LevelStatistics.COUNT;
    }
}
