package io.heimdall.model.optimizer;

/**
 * The settings of one optimiser step.
 *
 * @param step number of this step, from 1; it also seeds dropout
 * @param learningRate of this step
 * @param weightDecay decoupled, on every trained parameter
 * @param clipNorm largest global gradient norm, or infinity for no clipping
 */
public record OptimizerStep(long step, double learningRate, double weightDecay, double clipNorm) {}
