package io.heimdall.model.loss;

/**
 * A training loss, written once for all engines: it gives its value and its derivative at the network's outputs, and
 * the engine carries the derivative on into the network.
 */
public interface Loss {

    /** Returns the name that users type: {@code gaussian-nll}. */
    String name();

    /**
     * Computes the loss, a mean over batch and axes, and its gradient.
     *
     * @param position predicted means, row-major (batch, 2)
     * @param sigma predicted standard deviations, row-major (batch, 2), above 0
     * @param target truths, row-major (batch, 2)
     * @param positionGradient overwritten with d loss / d position
     * @param sigmaGradient overwritten with d loss / d sigma
     * @return the loss
     */
    double evaluate(float[] position, float[] sigma, float[] target, float[] positionGradient, float[] sigmaGradient);
}
