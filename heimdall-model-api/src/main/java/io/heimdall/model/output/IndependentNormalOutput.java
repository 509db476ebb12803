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
    public RowLikelihood likelihood(double[] numbers, int offset) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        return new TwoAxes(
                new Axis(numbers[offset], numbers[offset + 2]), new Axis(numbers[offset + 1], numbers[offset + 3]));
    }

    private record TwoAxes(Axis east, Axis north) implements RowLikelihood {

        @Override
        public double add(double east, double north) {
            return Math.log(2 * Math.PI) + this.east.add(east) + this.north.add(north);
        }

        @Override
        public void write(double scale, double[] gradient, int offset) {
            Objects.checkFromIndexSize(offset, 4, gradient.length);
            gradient[offset] = scale * east.byMean;
            gradient[offset + 1] = scale * north.byMean;
            gradient[offset + 2] = scale * east.bySigma;
            gradient[offset + 3] = scale * north.bySigma;
        }
    }

    /** {@code r^2 / 2 + log sigma} with {@code r = (target - mean) / sigma}, and the sums of its derivatives. */
    private static final class Axis {
        private final double mean;
        private final double sigma;
        private double byMean;
        private double bySigma;

        Axis(double mean, double sigma) {
            this.mean = mean;
            this.sigma = sigma;
        }

        double add(double target) {
            double r = (target - mean) / sigma;
            byMean -= r / sigma;
            bySigma += (1 - r * r) / sigma;
            return r * r / 2 + Math.log(sigma);
        }
    }

    @Override
    public String text() {
        return NAME;
    }
}
