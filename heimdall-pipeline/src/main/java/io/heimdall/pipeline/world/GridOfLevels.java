package io.heimdall.pipeline.world;

import io.heimdall.model.evidence.LevelGrid;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Turns a law and its map into the grid that a model file has beside its network.
 *
 * <p>Correlations are those of a {@link CommonFactor}. Cells where nobody can be are left out.
 *
 * @param law of the levels
 * @param nearestM see {@link LevelLaw#logDistance}
 * @param map of the law's residuals
 * @param numbers of the law's stations in the network
 * @param stations that the network knows
 */
record GridOfLevels(LevelLaw law, double nearestM, MapOfLevels map, int[] numbers, int stations) {
    /** Cells whose prior is less probable than the most probable one's by a larger factor, as a logarithm, are left out. */
    private static final double NEGLIGIBLE_NEPERS = 14;

    /** Nothing is certain: in single precision, logarithms of smaller probabilities are inexact. */
    private static final double LEAST_DROP_OUT = 1e-3;

    /** Of a station that has no law: any level is as probable everywhere. */
    private static final float ANYTHING_DB = 1000;

    LevelGrid in(LevelUnits units) {
        int[] cells = cells();
        Robustness robustness = map.robustness();
        return new LevelGrid(
                ofStations(cells),
                new LevelGrid.Cells(
                        floats(cells, c -> map.grid().eastM(c)),
                        floats(cells, c -> map.grid().northM(c)),
                        floats(cells, c -> map.grid().logPrior()[c]),
                        map.grid().cellM()),
                new LevelGrid.Scalars(
                        law.slope(),
                        nearestM,
                        robustness.freedom(),
                        robustness.exponent(),
                        units.meanDb(),
                        units.unitDb(),
                        units.unitM()));
    }

    private int[] cells() {
        double[] prior = map.grid().logPrior();
        double best = Arrays.stream(prior).max().orElseThrow();
        return IntStream.range(0, prior.length)
                .filter(c -> prior[c] > best - NEGLIGIBLE_NEPERS)
                .toArray();
    }

    private LevelGrid.Stations ofStations(int[] cells) {
        float[] common = new float[stations];
        float[] threshold = new float[stations];
        float[] dropOut = new float[stations];
        float[][] expected = new float[stations][cells.length];
        float[][] deviation = new float[stations][cells.length];
        Arrays.fill(dropOut, 1);
        for (float[] ofStation : deviation) {
            Arrays.fill(ofStation, ANYTHING_DB);
        }
        double[] scale = scale();
        double[] shares = CommonFactor.of(correlation(scale)).shares();
        for (int i = 0; i < numbers.length; i++) {
            int own = i;
            int station = numbers[i];
            common[station] = (float) shares[i];
            threshold[station] = (float) law.thresholds()[i];
            dropOut[station] = (float) Math.max(LEAST_DROP_OUT, law.dropOut()[i]);
            expected[station] = floats(
                    cells, c -> law.stationLevels()[own] + map.deviations().mean()[c][own]);
            deviation[station] =
                    floats(cells, c -> scale[own] * map.deviations().deviation()[c][own]);
        }
        return new LevelGrid.Stations(common, threshold, dropOut, expected, deviation);
    }

    /** The diagonal of the deviations' covariance matrix is near 1 only. */
    private double[] scale() {
        double[][] covariance = map.deviations().correlation();
        return IntStream.range(0, covariance.length)
                .mapToDouble(i -> Math.sqrt(covariance[i][i]))
                .toArray();
    }

    private double[][] correlation(double[] scale) {
        double[][] correlation = new double[scale.length][scale.length];
        for (int i = 0; i < scale.length; i++) {
            for (int j = 0; j < scale.length; j++) {
                correlation[i][j] = map.deviations().correlation()[i][j] / (scale[i] * scale[j]);
            }
        }
        return correlation;
    }

    private interface OfCell {
        double value(int cell);
    }

    private static float[] floats(int[] cells, OfCell of) {
        float[] values = new float[cells.length];
        for (int k = 0; k < cells.length; k++) {
            values[k] = (float) of.value(cells[k]);
        }
        return values;
    }
}
