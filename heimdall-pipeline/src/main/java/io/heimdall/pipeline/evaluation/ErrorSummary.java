package io.heimdall.pipeline.evaluation;

import java.util.Arrays;

/**
 * How far off a method is, over a set of sessions, in metres.
 *
 * @param p50 half of the errors are at most this
 * @param p68 68 % are
 * @param p90 90 % are
 * @param p95 95 % are
 * @param rmse root of the mean square
 */
public record ErrorSummary(double p50, double p68, double p90, double p95, double rmse) {

    /**
     * Summarises errors; quantiles are interpolated linearly, as NumPy's default does. Without errors all is NaN.
     *
     * @param errorsMetres distances between truth and estimate, any order, not changed
     */
    public static ErrorSummary of(double[] errorsMetres) {
        double[] sorted = errorsMetres.clone();
        Arrays.sort(sorted);
        double rmse = Math.sqrt(Arrays.stream(sorted).map(e -> e * e).average().orElse(Double.NaN));
        return new ErrorSummary(
                quantile(sorted, 0.50), quantile(sorted, 0.68), quantile(sorted, 0.90), quantile(sorted, 0.95), rmse);
    }

    private static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
