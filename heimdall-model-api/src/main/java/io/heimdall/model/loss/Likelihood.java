package io.heimdall.model.loss;

import io.heimdall.model.output.OutputSpec;

/**
 * The negative log-likelihood in the form that is usual for the output at hand, see {@link #of}: what a training
 * minimises unless told otherwise.
 */
public record Likelihood() implements Loss {

    /**
     * Returns the loss that a network is trained with unless told otherwise, and that it is validated by: the negative
     * log-likelihood in the form that is usual for its output.
     */
    public static Loss of(OutputSpec output) {
        Loss axes = new GaussianNll();
        return axes.fits(output) ? axes : new DensityNll();
    }

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
        return of(output).evaluate(output, numbers, targets, gradient);
    }
}
