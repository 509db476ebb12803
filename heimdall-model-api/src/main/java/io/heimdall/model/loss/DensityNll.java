package io.heimdall.model.loss;

import io.heimdall.model.output.OutputSpec;

/**
 * Negative log-likelihood of the whole density, {@code -log p(target)}, mean over the batch, in nats: for any output.
 *
 * @see <a href="https://publications.aston.ac.uk/id/eprint/373/">Bishop, Mixture density networks, 1994</a>
 */
public record DensityNll() implements Loss {

    @Override
    public String name() {
        return "density-nll";
    }

    @Override
    public boolean fits(OutputSpec output) {
        return true;
    }

    @Override
    public double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient) {
        int rows = targets.length / 2;
        if (rows == 0
                || targets.length % 2 != 0
                || numbers.length != rows * output.width()
                || gradient.length != numbers.length) {
            throw new IllegalArgumentException("a loss over " + numbers.length + " numbers, " + targets.length
                    + " targets and a gradient of " + gradient.length + ": expected " + output.width()
                    + " numbers and 2 targets a row, not empty");
        }
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            sum += output.negativeLogLikelihood(
                    numbers, row * output.width(), targets[2 * row], targets[2 * row + 1], gradient);
        }
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] /= rows;
        }
        return sum / rows;
    }
}
