package io.heimdall.pipeline.world;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a law of levels is trusted. Real levels do not quite follow it: large deviations are more frequent, and stations err
 * together.
 *
 * @param freedom degrees of freedom of the levels' multivariate t distribution; normal ones have infinitely many
 * @param exponent of the likelihood, above 0 and at most 1
 * @see <a href="https://doi.org/10.1080/01621459.1989.10478852">Lange et al., Robust statistical modeling using the t distribution,
 *     1989</a>
 * @see <a href="https://doi.org/10.1214/17-BA1085">Gruenwald and van Ommen, Inconsistency of Bayesian inference for misspecified
 *     linear models, 2017</a>
 */
record Robustness(double freedom, double exponent) {
    /** Trusts the law. */
    static final Robustness NONE = new Robustness(Double.POSITIVE_INFINITY, 1);

    private static final double[] FREEDOMS = {Double.POSITIVE_INFINITY, 20, 3};
    private static final double[] EXPONENTS = {1, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1};

    /** Returns what can be chosen from, the most trusting first. */
    static List<Robustness> all() {
        List<Robustness> all = new ArrayList<>();
        for (double freedom : FREEDOMS) {
            for (double exponent : EXPONENTS) {
                all.add(new Robustness(freedom, exponent));
            }
        }
        return all;
    }

    /**
     * Returns the logarithm of a density, up to a constant.
     *
     * @param squares of the whitened deviations, summed
     * @param levels number of them
     * @param rest what is added to it, logarithms of a determinant and of the probability of silence
     */
    double log(double squares, int levels, double rest) {
        double deviations =
                Double.isInfinite(freedom) ? squares / 2 : (freedom + levels) / 2 * Math.log1p(squares / freedom);
        return exponent * (rest - deviations);
    }
}
