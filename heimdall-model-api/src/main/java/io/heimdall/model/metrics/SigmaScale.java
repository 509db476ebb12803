package io.heimdall.model.metrics;

import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The factor of all sigmas that makes a model's uncertainty honest.
 *
 * <p>Where a map of levels corrects the regions ({@link LevelCalibration}), it is the factor of the highest likelihood
 * ({@link #likeliest}): the density is to be as good as it can be, and regions need nothing of it. Where there is no such map, it is
 * the factor whose 68 % region holds 68 % of the true places ({@link #covering}).
 *
 * @param factor above 0
 * @param sessions that it was fitted on
 */
public record SigmaScale(double factor, int sessions) {
    /** The probability whose region is made to fit. */
    public static final double PROBABILITY = 0.68;

    /** Radius of the region of a standard normal distribution. */
    private static final double RADIUS = Math.sqrt(-2 * Math.log1p(-PROBABILITY));

    /** A step this near to 1 is none; of normal distributions the second one is. */
    private static final double SMALLEST_STEP = 1e-4;

    private static final int MOST_STEPS = 20;

    private static final int MOST_LIKELIHOOD_STEPS = 500;

    /** Keeps sigmas above 0 where all validation errors are 0. */
    private static final double SMALLEST = 1e-9;

    /** Leaves sigmas as they are: what to use where there is no validation session. */
    public static final SigmaScale NONE = new SigmaScale(1, 0);

    /**
     * Fits the factor that makes the 68 % region hold 68 % of the true places, by split conformal prediction.
     *
     * <p>Of the {@code n} credible radii of the validation sessions, the one of rank {@code ceil(0.68 (n + 1))} becomes the radius of
     * the 68 % region, {@code sqrt(-2 ln 0.32) = 1.51} sigmas. For new sessions of the same kind the region then holds their truth with
     * a probability of 0.68 to {@code 0.68 + 1 / (n + 1)}, whatever the truths' distribution. The factor of the highest likelihood has
     * no such property: errors with long tails make it too large, and its 68 % region holds more.
     *
     * <p>The radius of a normal distribution falls as its sigmas grow, so that one step gives the factor. A mixture whose sigmas are
     * scaled keeps the distances of its components, and its radius falls otherwise: the step is taken again until the region of the
     * scaled mixtures fits.
     *
     * @param validation of sessions that the network was not trained on, at least 1; with 1 or 2 the region is made to
     *     hold them all
     * @see <a href="https://arxiv.org/abs/2107.07511">Angelopoulos and Bates, A gentle introduction to conformal prediction,
     *     2021</a>
     * @see <a href="https://arxiv.org/abs/1604.04173">Lei et al., Distribution-free predictive inference for regression,
     *     2018</a>
     */
    public static SigmaScale covering(JudgedForecasts validation) {
        return fit(validation, MOST_STEPS, SigmaScale::step);
    }

    /**
     * Fits the factor under which the true places have the highest likelihood, by expectation and maximisation.
     *
     * <p>Sigmas of a mixture's components change its 68 % region little: a region of 66 % in place of 68 can ask for a factor of 1.2,
     * which blurs the density. The likelihood is a proper score, and finds the factor at which the density is best. Of a normal
     * distribution it is the root mean square of {@code error / sigma}; of a mixture each component counts with the probability that
     * it explains the place.
     *
     * @param validation of sessions that the network was not trained on, at least 1
     * @see <a href="https://doi.org/10.1111/j.2517-6161.1977.tb01600.x">Dempster, Laird and Rubin, Maximum likelihood from incomplete
     *     data via the EM algorithm, 1977</a>
     */
    public static SigmaScale likeliest(JudgedForecasts validation) {
        return fit(validation, MOST_LIKELIHOOD_STEPS, SigmaScale::likelihoodStep);
    }

    private static SigmaScale fit(JudgedForecasts validation, int steps, ToDoubleFunction<JudgedForecasts> next) {
        int n = validation.size();
        if (n == 0) {
            throw new IllegalArgumentException("there are no validation sessions to fit the sigma scale on");
        }
        double factor = Math.max(SMALLEST, next.applyAsDouble(validation));
        for (int i = 1; i < steps; i++) {
            double step = next.applyAsDouble(validation.scaled(factor));
            if (Math.abs(step - 1) < SMALLEST_STEP) {
                break;
            }
            factor = Math.max(SMALLEST, factor * step);
        }
        return new SigmaScale(factor, n);
    }

    private static double likelihoodStep(JudgedForecasts forecasts) {
        double squares = forecasts.all().stream()
                .mapToDouble(SigmaScale::expectedSquare)
                .average()
                .orElseThrow();
        return Math.sqrt(squares / 2);
    }

    /** Returns the square of the place's distance in sigmas, in the mean over the components that may explain it. */
    private static double expectedSquare(JudgedForecast forecast) {
        double east = forecast.truth().east();
        double north = forecast.truth().north();
        double whole = forecast.distribution().logDensity(east, north);
        List<NormalMixture.Component> components = forecast.distribution().components();
        if (components.size() == 1) {
            return square(components.get(0).normal().credibleRadius(east, north));
        }
        double sum = 0;
        for (NormalMixture.Component component : components) {
            if (component.weight() == 0) { // its density at the place may be infinitely many times the whole one
                continue;
            }
            NormalDistribution normal = component.normal();
            double explains = component.weight() * Math.exp(normal.logDensity(east, north) - whole);
            sum += explains == 0 ? 0 : explains * square(normal.credibleRadius(east, north));
        }
        return sum;
    }

    private static double square(double x) {
        return x * x;
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
     * Returns what this scale, fitted on all of some forecasts by {@link #covering}, would be without those of each fold: the result of one more step of
     * the fit on the others alone, which are most of them.
     *
     * @param forecasts that this scale was fitted on
     * @param outside for each fold the numbers of the forecasts that are not in it, from 0; at least one
     */
    public List<Double> outsideOf(JudgedForecasts forecasts, List<List<Integer>> outside) {
        double[] radii = radii(forecasts.scaled(factor));
        return outside.stream()
                .map(some -> Math.max(
                        SMALLEST,
                        factor * step(some.stream().mapToDouble(i -> radii[i]).toArray())))
                .toList();
    }
}
