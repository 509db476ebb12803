package io.heimdall.pipeline.world;

/**
 * What the levels of a session say of its place, for each cell of a grid.
 *
 * @param levels number of the stations that heard it
 * @param squares of the whitened deviations from what is to be expected, summed
 * @param rest logarithms of a determinant and of the probability of silence
 */
record LevelEvidence(int levels, double[] squares, double[] rest) {

    /** Returns the posterior. */
    PlacePosterior posterior(PlaceGrid grid, Robustness robustness) {
        double[] log = grid.logPrior().clone();
        for (int c = 0; c < log.length; c++) {
            log[c] += robustness.log(squares[c], levels, rest[c]);
        }
        return PlacePosterior.ofLog(grid, log);
    }
}
