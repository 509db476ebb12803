package io.heimdall.model.output;

import java.util.Objects;

/**
 * Four numbers a row: mean east, mean north, sigma east, sigma north, of a normal distribution with independent axes. The sigmas
 * are standard deviations above 0 already; the network's own last layer makes them so.
 *
 * @see <a href="https://doi.org/10.1109/ICNN.1994.374138">Nix and Weigend, Estimating the mean and variance of the
 *     target probability distribution, 1994</a>
 */
public record IndependentNormalOutput() implements OutputSpec {
    static final String NAME = "independent-normal";

    @Override
    public int width() {
        return 4;
    }

    @Override
    public GaussianDistribution distribution(double[] numbers, int offset) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        return new NormalDistribution(
                numbers[offset], numbers[offset + 1], numbers[offset + 2], numbers[offset + 3], 0);
    }

    @Override
    public double negativeLogLikelihood(double[] numbers, int offset, double east, double north, double[] gradient) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        Objects.checkFromIndexSize(offset, width(), gradient.length);
        return Math.log(2 * Math.PI)
                + axis(numbers, offset, east, gradient)
                + axis(numbers, offset + 1, north, gradient);
    }

    /** Returns {@code r^2 / 2 + log sigma} with {@code r = (target - mean) / sigma}; sigma stands two after the mean. */
    private static double axis(double[] numbers, int at, double target, double[] gradient) {
        double sigma = numbers[at + 2];
        double r = (target - numbers[at]) / sigma;
        gradient[at] = -r / sigma;
        gradient[at + 2] = (1 - r * r) / sigma;
        return r * r / 2 + Math.log(sigma);
    }

    @Override
    public String text() {
        return NAME;
    }
}
