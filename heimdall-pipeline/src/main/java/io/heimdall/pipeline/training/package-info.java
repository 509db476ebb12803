/**
 * One training from the catalogue to a registered version, resumable after each phase.
 * {@link io.heimdall.pipeline.training.TrainingPipeline} runs it with
 * {@link io.heimdall.pipeline.training.TrainingSettings}.
 *
 * <p>A {@link io.heimdall.pipeline.training.TrainingFolder} keeps checkpoints, settings and state, and a lock shows
 * which process works on it.
 */
package io.heimdall.pipeline.training;
