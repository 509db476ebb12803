package io.heimdall.model.output;

import java.util.random.RandomGenerator;

/**
 * A probability density over the plane: a model's answer about the place of a transmitter.
 *
 * <p>Normal distributions and their mixtures are {@link GaussianDistribution}s. A density of another form, such as one
 * on a grid, needs another implementation. Implementations are immutable, thread-safe and deterministic.
 */
public interface PredictiveDistribution {

    /**
     * Returns the natural logarithm of the density at a place.
     *
     * @return nats, of a density in one over squared units of the plane; negative infinity where the density is 0
     */
    double logDensity(double east, double north);

    /**
     * Returns the natural logarithms of the density at many places, to about 1e-6, and 1e-7 of how far a place is below the mode.
     *
     * @param east of the places
     * @param north of the places, as many
     */
    default double[] logDensities(double[] east, double[] north) {
        double[] logs = new double[east.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = logDensity(east[i], north[i]);
        }
        return logs;
    }

    /** Returns the mean, the place of the least expected squared distance. */
    PlanePoint mean();

    /** Returns the covariance matrix. */
    Covariance covariance();

    /**
     * Returns the spatial median, the place {@code m} of the least expected distance {@code E|X - m|}.
     *
     * @see <a href="https://en.wikipedia.org/wiki/Geometric_median">Geometric median</a>
     */
    PlanePoint spatialMedian();

    /**
     * Returns the probability of all places that are denser than this one, {@code P(p(X) > p(place))}.
     *
     * <p>That is the level of the highest-density region that has the place on its edge. Where the distribution is right, the
     * levels of the true places are spread evenly over 0..1.
     *
     * @return 0 at the mode, towards 1 far outside
     */
    double credibleLevel(double east, double north);

    /**
     * Returns the radius, in sigmas, of the circle about the mean of a standard normal distribution of two dimensions that holds
     * the {@linkplain #credibleLevel credible level} of a place: {@code sqrt(-2 log(1 - level))}. It tells places apart that are
     * so far outside that their levels are 1.
     */
    double credibleRadius(double east, double north);

    /**
     * Returns the smallest region that holds a probability.
     *
     * @param level the probability inside, above 0 and below 1
     * @throws IllegalArgumentException if the level is not between 0 and 1
     * @see <a href="https://doi.org/10.1080/00031305.1996.10474359">Hyndman, Computing and graphing highest density regions,
     *     1996</a>
     */
    HighestDensityRegion highestDensityRegion(double level);

    /** Draws a place. */
    PlanePoint sample(RandomGenerator random);

    /** Returns the distribution of the mapped place {@code map.apply(X)}, such as the one in metres. */
    PredictiveDistribution map(AffineMap map);
}
