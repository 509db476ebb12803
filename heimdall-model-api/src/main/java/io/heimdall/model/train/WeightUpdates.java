package io.heimdall.model.train;

import java.util.OptionalDouble;

/**
 * What is done about the weights beside the optimiser's step.
 *
 * @param averageDecay of the exponential moving average of the weights that is evaluated and kept in place of the weights themselves,
 *     above 0 and below 1; empty for no average
 */
public record WeightUpdates(OptionalDouble averageDecay) {
    /** The weights themselves are evaluated and kept. */
    public static final WeightUpdates PLAIN = new WeightUpdates(OptionalDouble.empty());

    /** Checks the decay. */
    public WeightUpdates {
        if (averageDecay.isPresent() && !(averageDecay.getAsDouble() > 0 && averageDecay.getAsDouble() < 1)) {
            throw new IllegalArgumentException(
                    "decay of the average " + averageDecay.getAsDouble() + " is not above 0 and below 1");
        }
    }

    /** Returns these updates with an average of the weights, or without. */
    public WeightUpdates averaging(OptionalDouble decay) {
        return new WeightUpdates(decay);
    }
}
