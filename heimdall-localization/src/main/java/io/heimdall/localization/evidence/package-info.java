/**
 * What tells of a transmitter's place, each as a log density over the plane: delays between receivers, bearings, and any
 * {@link io.heimdall.model.output.PredictiveDistribution}, such as a network's answer to levels, or a prior of places.
 */
package io.heimdall.localization.evidence;
