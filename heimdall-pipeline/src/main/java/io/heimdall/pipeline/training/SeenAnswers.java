package io.heimdall.pipeline.training;

import io.heimdall.model.loss.Loss;
import io.heimdall.model.output.OutputSpec;
import io.heimdall.model.output.RowLikelihood;
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
        int rows = targets.length / 2;
        for (int row = 0; row < rows; row++) {
            RowLikelihood likelihood = output.likelihood(numbers, row * output.width());
            double own = likelihood.add(targets[2 * row], targets[2 * row + 1]);
            sum += own;
            for (int other = 0; other < rows; other++) {
                boolean elsewhere =
                        targets[2 * row] != targets[2 * other] || targets[2 * row + 1] != targets[2 * other + 1];
                if (elsewhere && likelihood.add(targets[2 * other], targets[2 * other + 1]) <= own) {
                    confused.add(row);
                    break;
                }
            }
        }
        return sum / rows;
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
