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
    static final String NAME = "normal";

    @Override
    public int width() {
        return 5;
    }

    @Override
    public GaussianDistribution distribution(double[] numbers, int offset) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        return RawNormal.distribution(numbers, offset, 1);
    }

    @Override
    public double negativeLogLikelihood(double[] numbers, int offset, double east, double north, double[] gradient) {
        Objects.checkFromIndexSize(offset, width(), numbers.length);
        Objects.checkFromIndexSize(offset, width(), gradient.length);
        double logDensity = RawNormal.logDensity(numbers, offset, 1, east, north, gradient);
        for (int i = offset; i < offset + width(); i++) {
            gradient[i] = -gradient[i];
        }
        return -logDensity;
    }

    @Override
    public String text() {
        return NAME;
    }
}
