package io.heimdall.model.output;

/** The distribution of one coordinate: a mixture of normal distributions of one dimension. */
public final class AxisDistribution {
    private static final double HALF_LOG_2_PI = Math.log(2 * Math.PI) / 2;

    private final double[] weights;
    private final double[] means;
    private final double[] sigmas;

    /** Makes the mixture of one-dimensional normals; the weights add up to 1, and the arrays are kept. */
    AxisDistribution(double[] weights, double[] means, double[] sigmas) {
        this.weights = weights;
        this.means = means;
        this.sigmas = sigmas;
    }

    /** Returns the density at {@code x}, in one over units of the plane. */
    public double density(double x) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * StandardNormal.density((x - means[i]) / sigmas[i]) / sigmas[i];
        }
        return sum;
    }

    /** Returns the natural logarithm of the density at {@code x}, also where the density itself is too small for a number. */
    public double logDensity(double x) {
        double[] terms = new double[weights.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            double z = (x - means[i]) / sigmas[i];
            terms[i] = Math.log(weights[i]) - z * z / 2 - Math.log(sigmas[i]);
            largest = Math.max(largest, terms[i]);
        }
        double sum = 0;
        for (double term : terms) {
            sum += Math.exp(term - largest);
        }
        return largest + Math.log(sum) - HALF_LOG_2_PI;
    }

    /** Returns the probability of a value below {@code x}, 0..1. */
    public double cumulative(double x) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * StandardNormal.cumulative((x - means[i]) / sigmas[i]);
        }
        return Math.min(sum, 1);
    }

    /**
     * Returns the continuous ranked probability score of this forecast where {@code x} came true, in units of the plane; less is
     * better. With {@code A(m, s) = E|N(m, s^2)|} and {@code s_ij = hypot(sigma_i, sigma_j)}:
     * <pre>{@code
     * sum_i w_i A(x - mean_i, sigma_i)  -  1/2 sum_ij w_i w_j A(mean_i - mean_j, s_ij)
     * }</pre>
     *
     * @see <a href="https://doi.org/10.1256/qj.05.235">Grimit, Gneiting, Berrocal and Johnson, The continuous ranked
     *     probability score for circular variables and its application to mesoscale forecast ensemble verification, 2006</a>
     */
    public double crps(double x) {
        double score = 0;
        for (int i = 0; i < weights.length; i++) {
            double inner = 0;
            for (int j = 0; j < weights.length; j++) {
                inner += weights[j] * meanMagnitude(means[i] - means[j], Math.hypot(sigmas[i], sigmas[j]));
            }
            score += weights[i] * (meanMagnitude(x - means[i], sigmas[i]) - inner / 2);
        }
        return score;
    }

    private static double meanMagnitude(double mean, double sigma) {
        double z = mean / sigma;
        return 2 * sigma * StandardNormal.density(z) + mean * (2 * StandardNormal.cumulative(z) - 1);
    }
}
