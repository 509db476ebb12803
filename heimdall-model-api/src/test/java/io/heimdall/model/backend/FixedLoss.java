package io.heimdall.model.backend;

import io.heimdall.model.loss.Loss;
import io.heimdall.model.output.OutputSpec;
import java.util.Arrays;

/** A loss that says what it was told to say. */
record FixedLoss(double value, double slope) implements Loss {
    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public boolean fits(OutputSpec output) {
        return true;
    }

    @Override
    public double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient) {
        Arrays.fill(gradient, slope);
        return value;
    }
}
