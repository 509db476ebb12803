package io.heimdall.pipeline.world;

import io.heimdall.features.spectrum.LevelStatistics;
import io.heimdall.model.evidence.LevelGrid;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A world that draws sessions like those to which it was fitted: places uniform over their box, levels by a
 * {@link LevelLaw}, spectra of recorded shapes. Immutable.
 *
 * @param law of the levels
 * @param noise mean power of a band without signal, of each station; NaN of one without a recording
 * @param recorded the share of each station's heard sessions with a recording; the rest have a level alone
 * @param shapes of signals, each of mean 1; none where nothing is recorded
 * @param sets of stations that were in service together
 * @param box where transmitters are
 * @param nearestM see {@link LevelLaw#logDistance}
 * @param map of the residuals of the law
 */
public record FittedWorld(
        LevelLaw law,
        double[] noise,
        double[] recorded,
        List<MeanPowers> shapes,
        List<StationSet> sets,
        Box box,
        double nearestM,
        Optional<MapOfLevels> map) {
    /** Relative deviations of the noise, by station, band and frame; and the least that is left of it. */
    private static final double STATION_NOISE = 0.05;

    private static final double BAND_NOISE = 0.15;
    private static final double FRAME_NOISE = 0.08;
    private static final double LEAST_NOISE = 0.3;

    /** Returns the covariance of two stations' levels; with a map, before it makes them smaller or larger by place. */
    double covariance(int i, int j) {
        return map.map(m -> m.deviations().correlation()[i][j] * law.deviation(i) * law.deviation(j))
                .orElse(law.covariance()[i][j]);
    }

    /**
     * Returns the posterior under this world, as a model file has it; empty if the world has no map.
     *
     * @param numbers of this world's stations in the network
     * @param stations that the network knows
     */
    public Optional<LevelGrid> levelGrid(int[] numbers, int stations, LevelUnits units) {
        return map.map(of -> new GridOfLevels(law, nearestM, of, numbers, stations).in(units));
    }

    /** Returns the statistics of a recording of one of the shapes at a level. */
    float[] statistics(MeanPowers shape, double levelDb, double noisePower, SplittableRandom random) {
        double power = Math.pow(10, levelDb / 10);
        double floor = noisePower * (1 + STATION_NOISE * random.nextGaussian());
        return LevelStatistics.of(
                noisy(shape.bands(), power, floor, BAND_NOISE, random),
                noisy(shape.frames(), power, floor, FRAME_NOISE, random));
    }

    private static double[] noisy(
            double[] shape, double power, double floor, double deviation, SplittableRandom random) {
        double[] powers = new double[shape.length];
        for (int i = 0; i < shape.length; i++) {
            powers[i] = power * shape[i] + floor * Math.max(LEAST_NOISE, 1 + deviation * random.nextGaussian());
        }
        return powers;
    }
}
