package io.heimdall.model.metrics;

import java.util.Arrays;

/** Quantiles of a sample. */
public final class Quantiles {

    private Quantiles() {}

    /**
     * Returns a quantile, linear between the order statistics, as numpy and Excel give it.
     *
     * @param values in any order, not empty; not written to
     * @param probability from 0 to 1
     */
    public static double of(double[] values, double probability) {
        if (values.length == 0 || !(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "a quantile at " + probability + " of " + values.length + " values: needs 0..1 and one value");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = probability * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
