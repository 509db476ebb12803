package io.heimdall.model.metrics;

/**
 * How good a localiser is, on sessions that it has not learned from.
 *
 * @param sessions how many
 * @param error distances between predicted and true positions
 * @param biasEast mean of predicted minus true, metres
 * @param biasNorth mean of predicted minus true, metres
 * @param nll mean Gaussian negative log-likelihood per axis, {@code (e / sigma)^2 / 2 + log(sigma sqrt(2 pi))}, nats with
 *     metres
 * @param crps mean continuous ranked probability score per axis, metres; the mean absolute error of a forecast that
 *     gives no uncertainty
 * @param coverage how many truths the regions hold
 * @param ence expected normalised calibration error, see {@link #of}; 0 is perfect
 * @param sharpness root mean square of sigma over sessions and axes, metres
 */
public record LocalisationMetrics(
        int sessions,
        ErrorQuantiles error,
        double biasEast,
        double biasNorth,
        double nll,
        double crps,
        Coverage coverage,
        double ence,
        double sharpness) {
    private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);

    /**
     * The part of truths that lies in the regions meant to hold 50, 68, 90 and 95 % of them.
     *
     * @param p50 from 0 to 1
     * @param p68 from 0 to 1
     * @param p90 from 0 to 1
     * @param p95 from 0 to 1
     */
    public record Coverage(double p50, double p68, double p90, double p95) {
        static Coverage of(LocalisationErrors errors) {
            return new Coverage(
                    errors.coverage(0.50), errors.coverage(0.68), errors.coverage(0.90), errors.coverage(0.95));
        }
    }

    /**
     * Computes all of them.
     *
     * <p>ENCE sorts all axes of all sessions by their sigma into bins of equal count (at most 10, of at least 10 each)
     * and is the mean over bins of {@code |rmv - rmse| / rmv}, root mean variance and root mean squared error.
     *
     * @param errors not empty
     * @see <a href="https://doi.org/10.1198/016214506000001437">Gneiting and Raftery, Strictly proper scoring rules,
     *     2007</a>
     * @see <a href="https://doi.org/10.3390/s22155540">Levi et al., Evaluating and calibrating uncertainty prediction in
     *     regression tasks, 2022</a>
     */
    public static LocalisationMetrics of(LocalisationErrors errors) {
        int n = errors.size();
        if (n == 0) {
            throw new IllegalArgumentException("there are no sessions to evaluate");
        }
        Axes axes = Axes.of(errors);
        double nll = 0;
        double crps = 0;
        double variance = 0;
        for (int i = 0; i < axes.size(); i++) {
            double sigma = axes.sigma(i);
            double z = axes.error(i) / sigma;
            nll += z * z / 2 + Math.log(sigma) + HALF_LOG_2_PI;
            crps += sigma * Normal.crps(z);
            variance += sigma * sigma;
        }
        return new LocalisationMetrics(
                n,
                ErrorQuantiles.of(errors.distances()),
                mean(errors.east()),
                mean(errors.north()),
                nll / axes.size(),
                crps / axes.size(),
                Coverage.of(errors),
                axes.ence(),
                Math.sqrt(variance / axes.size()));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
