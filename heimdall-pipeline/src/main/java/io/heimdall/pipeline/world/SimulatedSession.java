package io.heimdall.pipeline.world;

/**
 * A session drawn from a {@link FittedWorld}.
 *
 * @param stations in service
 * @param heard whether each of them heard the session; at least one did
 * @param statistics {@link io.heimdall.features.spectrum.LevelStatistics} of each that heard, decibels
 * @param eastM places drawn from the posterior, given what was heard
 * @param northM places drawn from the posterior
 */
public record SimulatedSession(
        StationSet stations, boolean[] heard, float[][] statistics, double[] eastM, double[] northM) {}
