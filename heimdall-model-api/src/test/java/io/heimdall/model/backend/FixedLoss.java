package io.heimdall.model.backend;

import io.heimdall.model.loss.Loss;
import java.util.Arrays;

/** A loss that says what it was told to say. */
record FixedLoss(double value, float gradient) implements Loss {
    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public double evaluate(float[] position, float[] sigma, float[] target, float[] dPosition, float[] dSigma) {
        Arrays.fill(dPosition, gradient);
        Arrays.fill(dSigma, gradient);
        return value;
    }
}
