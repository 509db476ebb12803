package io.heimdall.model.output;

/** Stub. */
public record IndependentNormalOutput() implements OutputSpec {
    @Override
    public int width() {
        return 4;
    }

    @Override
    public double negativeLogLikelihood(double[] numbers, int offset, double east, double north, double[] gradient) {
        throw new IllegalStateException();
    }
}
