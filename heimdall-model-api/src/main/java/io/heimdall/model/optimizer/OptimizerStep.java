package io.heimdall.model.optimizer;

import java.util.List;

/**
 * The settings of one optimiser step.
 *
 * @param step number of this step, from 1; it also seeds dropout
 * @param learningRate of this step
 * @param weightDecay decoupled, on every trained parameter
 * @param clipNorm largest global gradient norm, or infinity for no clipping
 * @param update number of this update since the moments were zero, from 1, which bias correction goes by
 * @param frozen prefixes of weight names that this step leaves alone, beside those that the session never trains; their
 *     gradients count nowhere
 */
public record OptimizerStep(
        long step, double learningRate, double weightDecay, double clipNorm, long update, List<String> frozen) {

    /** Copies the list. */
    public OptimizerStep {
        frozen = List.copyOf(frozen);
    }

    /** Makes a step of a run whose moments were zero before its first step, and that freezes nothing. */
    public OptimizerStep(long step, double learningRate, double weightDecay, double clipNorm) {
        this(step, learningRate, weightDecay, clipNorm, step, List.of());
    }

    /** Returns whether this step moves a weight of this name. */
    public boolean moves(String name) {
        return frozen.stream().noneMatch(name::startsWith);
    }
}
