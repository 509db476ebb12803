/**
 * The output of networks: {@link io.heimdall.model.output.OutputSpec} states what the numbers of the last layer mean.
 * It turns one row of them into a {@link io.heimdall.model.output.PredictiveDistribution}, a probability density over
 * the plane.
 *
 * <p>Losses, metrics, calibration, reports and predictions read a density through that interface, independent of how
 * many numbers a network gives. Lengths are in the unit of the plane: the network's own unit after the last layer,
 * metres after {@link io.heimdall.model.output.PredictiveDistribution#map}. The unit of a density is one over the
 * square of that unit.
 */
package io.heimdall.model.output;
