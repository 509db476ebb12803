package io.heimdall.model.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The factor of all sigmas that makes the 68 % region hold 68 % of the true places.
 *
 * <p>Fitted by split conformal prediction: of the {@code n} credible radii of the validation sessions, the one of rank
 * {@code ceil(0.68 (n + 1))} becomes the radius of the 68 % region, {@code sqrt(-2 ln 0.32) = 1.51} sigmas. For new
 * sessions of the same kind the region then holds their truth with a probability of 0.68 to {@code 0.68 + 1 / (n + 1)},
 * whatever the truths' distribution. The scale of the highest likelihood, the root mean square of {@code error / sigma}, has
 * no such property: errors with long tails make it too large, and its 68 % region holds more.
 *
 * <p>The radius of a normal distribution falls as its sigmas grow, so that one step gives the factor. A mixture whose sigmas are
 * scaled keeps the distances of its components, and its radius falls otherwise: the step is taken again until the region of the
 * scaled mixtures fits.
 *
 * @param factor above 0
 * @param sessions that it was fitted on; the coverage of new ones varies by {@code sqrt(0.68 0.32 / sessions)} with them
 * @see <a href="https://arxiv.org/abs/2107.07511">Angelopoulos and Bates, A gentle introduction to conformal prediction,
 *     2021</a>
 * @see <a href="https://arxiv.org/abs/1604.04173">Lei et al., Distribution-free predictive inference for regression,
 *     2018</a>
 */
public record SigmaScale(double factor, int sessions) {
    /** The probability whose region is made to fit. */
    public static final double PROBABILITY = 0.68;

    /** Radius of the region of a standard normal distribution. */
    private static final double RADIUS = Math.sqrt(-2 * Math.log1p(-PROBABILITY));

    /** A step this near to 1 is none; of normal distributions the second one is. */
    private static final double SMALLEST_STEP = 1e-4;

    private static final int MOST_STEPS = 20;

    /** Keeps sigmas above 0 where all validation errors are 0. */
    private static final double SMALLEST = 1e-9;

    /** Leaves sigmas as they are: what to use where there is no validation session. */
    public static final SigmaScale NONE = new SigmaScale(1, 0);

    /**
     * Fits the factor.
     *
     * @param validation of sessions that the network was not trained on, at least 1; with 1 or 2 the region is made to
     *     hold them all
     */
    public static SigmaScale fit(JudgedForecasts validation) {
        int n = validation.size();
        if (n == 0) {
            throw new IllegalArgumentException("there are no validation sessions to fit the sigma scale on");
        }
        double factor = Math.max(SMALLEST, step(validation));
        for (int i = 1; i < MOST_STEPS; i++) {
            double step = step(validation.scaled(factor));
            if (Math.abs(step - 1) < SMALLEST_STEP) {
                break;
            }
            factor = Math.max(SMALLEST, factor * step);
        }
        return new SigmaScale(factor, n);
    }

    /** Returns what the radius of the region has to be multiplied by, so that it holds as many as it should. */
    private static double step(JudgedForecasts forecasts) {
        return step(radii(forecasts));
    }

    private static double step(double[] radii) {
        int n = radii.length;
        double[] sorted = radii.clone();
        Arrays.sort(sorted);
        int rank = Math.min(n, (int) Math.ceil(PROBABILITY * (n + 1)));
        return sorted[rank - 1] / RADIUS;
    }

    private static double[] radii(JudgedForecasts forecasts) {
        return forecasts.all().parallelStream()
                .mapToDouble(f -> f.distribution()
                        .credibleRadius(f.truth().east(), f.truth().north()))
                .toArray();
    }

    /**
     * Returns what this scale, fitted on all of some forecasts, would be without those of each fold: the result of one more step of
     * the fit on the others alone, which are most of them.
     *
     * @param forecasts that this scale was fitted on
     * @param folds the fold of each forecast, from 0
     * @param count number of folds; there are forecasts outside of each
     */
    public List<Double> outsideOf(JudgedForecasts forecasts, List<Integer> folds, int count) {
        double[] radii = radii(forecasts.scaled(factor));
        return IntStream.range(0, count)
                .mapToObj(fold -> Math.max(
                        SMALLEST,
                        factor
                                * step(IntStream.range(0, radii.length)
                                        .filter(i -> folds.get(i) != fold)
                                        .mapToDouble(i -> radii[i])
                                        .toArray())))
                .toList();
    }
}
