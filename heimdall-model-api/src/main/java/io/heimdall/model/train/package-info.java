/**
 * The training loop for all engines.
 *
 * <p>{@link io.heimdall.model.train.Trainer} takes a {@linkplain io.heimdall.model.train.TrainingPlan plan}, samples
 * and a backend's session through epochs. It validates, stops early and keeps
 * {@linkplain io.heimdall.model.train.Checkpoints checkpoints}. Every random draw is a function of seed, epoch and
 * step, so a run that is killed and resumed ends with the same weights as an uninterrupted one.
 */
package io.heimdall.model.train;
