package io.heimdall.pipeline.training;

import io.heimdall.model.loss.Loss;
import io.heimdall.model.output.OutputSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A loss that teaches nothing, and looks at the answers that a network gives in training. For one batch. */
final class SeenAnswers implements Loss {
    private final List<Integer> confused = new ArrayList<>();
    private double sum;

    @Override
    public String name() {
        return "seen";
    }

    @Override
    public boolean fits(OutputSpec output) {
        return true;
    }

    @Override
    public double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient) {
        Arrays.fill(gradient, 0);
        double[] slopes = new double[numbers.length];
        int rows = targets.length / 2;
        for (int row = 0; row < rows; row++) {
            double own = nll(output, numbers, row, targets, row, slopes);
            sum += own;
            for (int other = 0; other < rows; other++) {
                boolean elsewhere =
                        targets[2 * row] != targets[2 * other] || targets[2 * row + 1] != targets[2 * other + 1];
                if (elsewhere && nll(output, numbers, row, targets, other, slopes) <= own) {
                    confused.add(row);
                    break;
                }
            }
        }
        return sum / rows;
    }

    private static double nll(
            OutputSpec output, double[] numbers, int row, float[] targets, int place, double[] slopes) {
        return output.negativeLogLikelihood(
                numbers, row * output.width(), targets[2 * place], targets[2 * place + 1], slopes);
    }

    /** Returns the sum of the negative log-likelihoods of the rows' places, nats. */
    double sum() {
        return sum;
    }

    /** Returns the rows that the place of another row is as likely for as their own. */
    List<Integer> confused() {
        return confused;
    }
}
