package io.heimdall.pipeline.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A radio map on a grid, for a world to draw levels by.
 *
 * @param grid of places
 * @param deviations from the law
 * @param robustness how far the map is trusted
 * @param cumulative prior probability of all cells up to each
 */
record MapOfLevels(PlaceGrid grid, Deviations deviations, Robustness robustness, double[] cumulative) {

    static MapOfLevels of(PlaceGrid grid, Deviations deviations, Robustness robustness) {
        double[] cumulative = PlacePosterior.ofLog(grid, grid.logPrior()).mass().clone();
        Arrays.parallelPrefix(cumulative, Double::sum);
        return new MapOfLevels(grid, deviations, robustness, cumulative);
    }

    int drawCell(SplittableRandom random) {
        int found = Arrays.binarySearch(cumulative, random.nextDouble());
        return Math.min(cumulative.length - 1, found < 0 ? -found - 1 : found);
    }
}
