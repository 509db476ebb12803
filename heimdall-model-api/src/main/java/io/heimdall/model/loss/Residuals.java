package io.heimdall.model.loss;

import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.output.OutputSpec;

/** The loop that the losses of independent axes share: a mean over batch and axes of a term of the residual and sigma. */
final class Residuals {
    private static final int AXES = 2;

    private Residuals() {}

    /** One axis' loss, and its derivatives. */
    interface Term {
        /**
         * Computes one axis.
         *
         * @param residual (target - position) / sigma
         * @return the axis' loss; {@code out} holds its derivatives
         */
        double evaluate(double residual, double sigma, Slopes out);
    }

    /** Derivatives of one axis. */
    static final class Slopes {
        double byPosition;
        double bySigma;
    }

    static boolean fit(OutputSpec output) {
        return output instanceof IndependentNormalOutput;
    }

    static double mean(OutputSpec output, double[] numbers, float[] targets, double[] gradient, Term term) {
        if (!fit(output)) {
            throw new IllegalArgumentException("a loss of independent axes cannot judge the output '" + output + "'");
        }
        int n = targets.length;
        if (n == 0 || n % AXES != 0 || numbers.length != 2 * n || gradient.length != 2 * n) {
            throw new IllegalArgumentException(
                    "a loss over " + numbers.length + " numbers, " + n + " targets and a gradient of " + gradient.length
                            + ": expected 4 numbers a row, 2 targets, not empty");
        }
        Slopes slopes = new Slopes();
        double sum = 0;
        for (int i = 0; i < n; i++) {
            int position = i / AXES * 2 * AXES + i % AXES;
            int sigma = position + AXES;
            sum += term.evaluate((targets[i] - numbers[position]) / numbers[sigma], numbers[sigma], slopes);
            gradient[position] = slopes.byPosition / n;
            gradient[sigma] = slopes.bySigma / n;
        }
        return sum / n;
    }
}
