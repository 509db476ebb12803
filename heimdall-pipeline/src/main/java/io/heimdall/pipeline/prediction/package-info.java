/**
 * Predictions with a model file: {@link io.heimdall.pipeline.prediction.SessionLocalizer} turns the measurements of
 * sessions into {@linkplain io.heimdall.pipeline.prediction.Estimate estimates} of the transmitter's place.
 */
package io.heimdall.pipeline.prediction;
