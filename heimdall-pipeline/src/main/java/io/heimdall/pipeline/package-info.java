/**
 * From recordings to a registered model: features, training, export, evaluation, upload, registration, report.
 *
 * <p>{@link io.heimdall.pipeline.training.TrainingPipeline} is the entry point for a training,
 * {@link io.heimdall.pipeline.prediction.SessionLocalizer} for predictions. {@link io.heimdall.pipeline.Services}
 * holds the ports that they work with.
 */
package io.heimdall.pipeline;
