/**
 * The quality of positions and their uncertainties, in metres: {@link io.heimdall.model.metrics.LocalisationMetrics},
 * with intervals by {@link io.heimdall.model.metrics.GroupBootstrap}.
 *
 * <p>{@link io.heimdall.model.metrics.SigmaScale} and {@link io.heimdall.model.metrics.LevelCalibration} are the
 * calibration of a model, fitted by conformal prediction.
 */
package io.heimdall.model.metrics;
