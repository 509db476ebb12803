package io.heimdall.model.backend;

/**
 * The result of one training step.
 *
 * @param loss before the update
 * @param gradientNorm global L2 norm over all trained weights, before clipping
 */
public record StepResult(double loss, double gradientNorm) {

    /** Returns whether the step was done: both numbers are finite. */
    public boolean finite() {
        return Double.isFinite(loss) && Double.isFinite(gradientNorm);
    }
}
