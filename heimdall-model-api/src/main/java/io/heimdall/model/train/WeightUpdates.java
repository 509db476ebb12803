package io.heimdall.model.train;

import java.util.OptionalDouble;

/**
 * What is done about the weights beside the optimiser's step.
 *
 * @param accumulate batches whose gradients make one update, at least 1
 * @param averageDecay of the exponential moving average of the weights that is evaluated and kept in place of the weights themselves,
 *     above 0 and below 1; empty for no average
 */
public record WeightUpdates(int accumulate, OptionalDouble averageDecay) {
    /** Each batch makes an update, and the weights themselves are evaluated and kept. */
    public static final WeightUpdates PLAIN = new WeightUpdates(1, OptionalDouble.empty());

    /** Checks both. */
    public WeightUpdates {
        if (accumulate < 1) {
            throw new IllegalArgumentException("accumulate " + accumulate + " is not at least 1");
        }
        if (averageDecay.isPresent() && !(averageDecay.getAsDouble() > 0 && averageDecay.getAsDouble() < 1)) {
            throw new IllegalArgumentException(
                    "decay of the average " + averageDecay.getAsDouble() + " is not above 0 and below 1");
        }
    }

    /** Returns these updates, each made of so many batches. */
    public WeightUpdates accumulating(int batches) {
        return new WeightUpdates(batches, averageDecay);
    }

    /** Returns these updates with an average of the weights, or without. */
    public WeightUpdates averaging(OptionalDouble decay) {
        return new WeightUpdates(accumulate, decay);
    }
}
