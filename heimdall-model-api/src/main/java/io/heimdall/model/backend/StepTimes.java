package io.heimdall.model.backend;

import java.time.Duration;

/**
 * How long the parts of a training step took; of a step of several batches, the sums over them.
 *
 * @param forward the network's numbers
 * @param loss value and derivative
 * @param backward the gradients of the weights
 * @param update clipping and the optimiser
 */
public record StepTimes(Duration forward, Duration loss, Duration backward, Duration update) {
    /** Of a session that does not measure. */
    public static final StepTimes NONE = new StepTimes(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
}
