package io.heimdall.model.metrics;

/**
 * An interval that holds a number with a given confidence.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
    /** The confidence of {@link #ofReplicates}. */
    public static final double CONFIDENCE = 0.9;

    /**
     * Returns the percentile interval of a bootstrap: from the 5 % to the 95 % quantile of the replicates.
     *
     * @param replicates the number in each resample, in any order
     * @see <a href="https://doi.org/10.1201/9780429246593">Efron and Tibshirani, An introduction to the bootstrap, 1993,
     *     chapter 13</a>
     */
    public static Interval ofReplicates(double[] replicates) {
        return new Interval(
                Quantiles.of(replicates, (1 - CONFIDENCE) / 2), Quantiles.of(replicates, (1 + CONFIDENCE) / 2));
    }
}
