package io.heimdall.model.output;

/** Stub. */
public interface OutputSpec {
    int width();

    double negativeLogLikelihood(double[] numbers, int offset, double east, double north, double[] gradient);
}
