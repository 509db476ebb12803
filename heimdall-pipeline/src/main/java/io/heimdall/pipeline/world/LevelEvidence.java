package io.heimdall.pipeline.world;

import java.util.Arrays;

/**
 * What the levels of a session say of its place, for each cell of a grid.
 *
 * @param levels number of the stations that heard it
 * @param squares of the whitened deviations from what is to be expected, summed
 * @param rest logarithms of a determinant and of the probability of silence
 */
record LevelEvidence(int levels, double[] squares, double[] rest) {
    private static final double NEGLIGIBLE_NEPERS = 30;

    /** Returns the posterior. */
    PlacePosterior posterior(PlaceGrid grid, Robustness robustness) {
        return PlacePosterior.ofLog(grid, log(grid, robustness));
    }

    /** Returns the logarithm of the posterior probability of a cell. */
    double logMass(PlaceGrid grid, Robustness robustness, int cell) {
        double[] log = log(grid, robustness);
        double best = Arrays.stream(log).max().orElseThrow();
        double sum = 0;
        for (double one : log) {
            sum += one < best - NEGLIGIBLE_NEPERS
                    ? 0
                    : Math.exp(one - best); // a fraction of the cells, and of the time
        }
        return log[cell] - best - Math.log(sum);
    }

    private double[] log(PlaceGrid grid, Robustness robustness) {
        double[] log = grid.logPrior().clone();
        for (int c = 0; c < log.length; c++) {
            log[c] += robustness.log(squares[c], levels, rest[c]);
        }
        return log;
    }
}
