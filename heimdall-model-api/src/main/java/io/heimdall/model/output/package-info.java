/**
 * What a network answers: {@link io.heimdall.model.output.OutputSpec} says what the numbers of the last layer mean, and turns
 * one row of them into a {@link io.heimdall.model.output.PredictiveDistribution}, a probability density over the plane.
 *
 * <p>Losses, metrics, calibration, reports and predictions read a density through that interface, and none of them knows how
 * many numbers a network gives. Lengths are in the unit of the plane: the network's own unit right after the last layer, metres
 * after {@link io.heimdall.model.output.PredictiveDistribution#map}. A density then has the unit one over that length squared.
 */
package io.heimdall.model.output;
