package io.heimdall.model.output;

/** The normal distribution of one dimension with mean 0 and standard deviation 1. */
public final class StandardNormal {
    private static final double INVERSE_SQRT_2_PI = 1 / Math.sqrt(2 * Math.PI);

    /** From here on the cumulative probability is 0 or 1 to double precision. */
    private static final double FAR = 8.3;

    private StandardNormal() {}

    static double density(double z) {
        return INVERSE_SQRT_2_PI * Math.exp(-z * z / 2);
    }

    /**
     * Returns the probability of a value below {@code z}, to about 1e-15.
     *
     * @see <a href="https://doi.org/10.18637/jss.v011.i04">Marsaglia, Evaluating the normal distribution, 2004</a>
     */
    public static double cumulative(double z) {
        if (Math.abs(z) > FAR) {
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
}
