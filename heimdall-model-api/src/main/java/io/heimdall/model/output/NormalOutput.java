package io.heimdall.model.output;

import java.util.Objects;

/**
 * Five numbers a row, all of any size: mean east, mean north, raw sigma east, raw sigma north, raw correlation, of one normal
 * distribution. With {@code softplus(x) = log(1 + exp(x))}:
 * <pre>{@code
 * sigma = softplus(raw) + 0.001,      correlation = 0.999 tanh(raw)
 * }</pre>
 */
public record NormalOutput() implements OutputSpec {
    /** Added to every sigma, so that none reaches 0. */
    public static final double LEAST_SIGMA = RawNormals.LEAST_SIGMA;

    /** No correlation is farther from 0. */
    public static final double LARGEST_CORRELATION = RawNormals.LARGEST_CORRELATION;

    static final String NAME = "normal";

    @Override
    public int width() {
        return 5;
    }

    @Override
    public GaussianDistribution distribution(double[] numbers, int offset) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        return RawNormals.distribution(numbers, offset, 1, 0);
    }

    @Override
    public RowLikelihood likelihood(double[] numbers, int offset) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        return new One(new RawNormals(numbers, offset, 1), new double[1], new double[] {1});
    }

    private record One(RawNormals normal, double[] log, double[] weight) implements RowLikelihood {

        @Override
        public double add(double east, double north) {
            normal.logDensities(east, north, log);
            normal.add(weight);
            return -log[0];
        }

        @Override
        public void write(double scale, double[] gradient, int offset) {
            Objects.checkFromIndexSize(offset, 5, gradient.length);
            normal.write(-scale, gradient, offset);
        }
    }

    @Override
    public String text() {
        return NAME;
    }
}
