package io.heimdall.model.loss;

import io.heimdall.model.Tunable;
import io.heimdall.model.output.OutputSpec;
import java.util.Map;

/**
 * A training loss for all engines. It gives its value and its derivative at the numbers of the network's last layer,
 * in double precision; the engine propagates the derivative into the network.
 *
 * <p>Services of this type on the class path can be named like the losses of this library.
 *
 * <p>Thread-safe.
 */
public interface Loss extends Tunable<Loss> {

    /** Returns the name that users type: {@code gaussian-nll}. */
    @Override
    String name();

    /** Returns this loss, which has no numbers; one that has some overrides this and {@link #numbers}. */
    @Override
    default Loss withNumbers(Map<String, Double> numbers) {
        return this;
    }

    /** Returns whether the loss knows what to do with such numbers. */
    boolean fits(OutputSpec output);

    /**
     * Computes the loss of a batch and its gradient.
     *
     * @param output what the numbers mean
     * @param numbers of the last layer, row-major (batch, {@link OutputSpec#width()})
     * @param targets truths in the network's units, row-major (batch, 2), or (batch, places, 2) where the loss takes several
     * @param gradient overwritten with d loss / d numbers
     * @return the loss, a mean over the batch
     * @throws IllegalArgumentException if the loss does not {@linkplain #fits fit}, or a length is wrong
     */
    double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient);
}
