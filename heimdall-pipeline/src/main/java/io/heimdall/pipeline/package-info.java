/**
 * From recordings to a registered model: features, training, export, evaluation, upload, registration, report.
 *
 * <p>{@link io.heimdall.pipeline.training.TrainingPipeline} is the entry point for a training,
 * {@link io.heimdall.pipeline.prediction.SessionLocalizer} for predictions. {@link io.heimdall.pipeline.SessionSource},
 * {@link io.heimdall.pipeline.ModelDestination} and {@link io.heimdall.pipeline.WorkingDirectory} are the ports that they
 * work with; {@link io.heimdall.pipeline.Services} opens all of them for a workspace.
 */
package io.heimdall.pipeline;
