package io.heimdall.model.loss;

import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.output.RowLikelihood;

/**
 * Negative log-likelihood of the whole density, {@code -log p(target)}, mean over the batch, in nats. It applies to
 * any output.
 *
 * <p>A row may have several equally likely places as targets; its loss is the mean over them.
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
        int rows = numbers.length / output.width();
        int places = rows == 0 ? 0 : targets.length / 2 / rows;
        if (places == 0
                || numbers.length != rows * output.width()
                || targets.length != 2 * rows * places
                || gradient.length != numbers.length) {
            throw new IllegalArgumentException("a loss over " + numbers.length + " numbers, " + targets.length
                    + " targets and a gradient of " + gradient.length + ": expected " + output.width()
                    + " numbers and as many places for each row, not empty");
        }
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            int offset = row * output.width();
            RowLikelihood likelihood = output.likelihood(numbers, offset);
            for (int i = row * places; i < (row + 1) * places; i++) {
                sum += likelihood.add(targets[2 * i], targets[2 * i + 1]);
            }
            likelihood.write(1.0 / (rows * places), gradient, offset);
        }
        return sum / (rows * places);
    }
}
