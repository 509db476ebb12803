package io.heimdall.model.metrics;

/** The standard normal distribution. */
final class Normal {
    private static final double INVERSE_SQRT_2_PI = 1 / Math.sqrt(2 * Math.PI);
    private static final double INVERSE_SQRT_PI = 1 / Math.sqrt(Math.PI);

    private Normal() {}

    static double density(double z) {
        return INVERSE_SQRT_2_PI * Math.exp(-z * z / 2);
    }

    /**
     * Returns the probability of a value below {@code z}, to about 1e-15.
     *
     * @see <a href="https://doi.org/10.18637/jss.v011.i04">Marsaglia, Evaluating the normal distribution, 2004</a>
     */
    static double cumulative(double z) {
        if (Math.abs(z) > 8.3) {
            return z > 0 ? 1 : 0;
        }
        double sum = z;
        double term = z;
        double previous = 0;
        for (int i = 3; sum != previous; i += 2) {
            previous = sum;
            term *= z * z / i;
            sum += term;
        }
        return 0.5 + sum * density(z);
    }

    /** Returns the continuous ranked probability score of the standard normal forecast where {@code z} came true. */
    static double crps(double z) {
        return z * (2 * cumulative(z) - 1) + 2 * density(z) - INVERSE_SQRT_PI;
    }
}
