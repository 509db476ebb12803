package io.heimdall.model.loss;

import io.heimdall.model.output.OutputSpec;

/**
 * The negative log-likelihood that belongs to a network's output, see {@link Losses#likelihood}. It is the default
 * loss.
 */
public record Likelihood() implements Loss {

    @Override
    public String name() {
        return "likelihood";
    }

    @Override
    public boolean fits(OutputSpec output) {
        return true;
    }

    @Override
    public double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient) {
        return Losses.likelihood(output).evaluate(output, numbers, targets, gradient);
    }
}
