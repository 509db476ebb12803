package io.heimdall.model.metrics;

import java.util.Arrays;

/**
 * Quantiles of the distances between predicted and true positions, all in metres.
 *
 * @param p50 median
 * @param p68 68 % of distances are below
 * @param p90 90 % are below
 * @param p95 95 % are below
 * @param rmse root mean square
 */
public record ErrorQuantiles(double p50, double p68, double p90, double p95, double rmse) {

    /**
     * Computes them.
     *
     * @param distances metres, not empty
     */
    public static ErrorQuantiles of(double[] distances) {
        return new ErrorQuantiles(
                Quantiles.of(distances, 0.50),
                Quantiles.of(distances, 0.68),
                Quantiles.of(distances, 0.90),
                Quantiles.of(distances, 0.95),
                Math.sqrt(Arrays.stream(distances).map(d -> d * d).average().orElseThrow()));
    }
}
