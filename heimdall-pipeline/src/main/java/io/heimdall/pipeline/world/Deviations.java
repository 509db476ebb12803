package io.heimdall.pipeline.world;

import java.util.Arrays;

/**
 * What a law of levels leaves open at each cell of a grid: normal distributions of all stations, correlated.
 *
 * @param mean decibels, {@code [cell][station]}
 * @param deviation decibels, {@code [cell][station]}
 * @param logDeviation its natural logarithm
 * @param correlation of the stations' standardised deviations
 */
record Deviations(double[][] mean, double[][] deviation, double[][] logDeviation, double[][] correlation) {

    /** Returns those of the law itself, the same everywhere. */
    static Deviations of(LevelLaw law, int cells) {
        int stations = law.stations();
        double[] deviation = new double[stations];
        double[][] correlation = new double[stations][stations];
        for (int i = 0; i < stations; i++) {
            deviation[i] = Math.sqrt(law.covariance()[i][i]);
            for (int j = 0; j < stations; j++) {
                correlation[i][j] = law.covariance()[i][j] / Math.sqrt(law.covariance()[i][i] * law.covariance()[j][j]);
            }
        }
        double[][] none = new double[cells][];
        double[][] everywhere = new double[cells][];
        Arrays.fill(none, new double[stations]);
        double[][] logs = new double[cells][];
        Arrays.fill(everywhere, deviation);
        Arrays.fill(logs, Arrays.stream(deviation).map(Math::log).toArray());
        return new Deviations(none, everywhere, logs, correlation);
    }
}
