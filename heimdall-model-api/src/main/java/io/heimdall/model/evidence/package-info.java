/**
 * Evidence about a transmitter's place that a model file has beside its network.
 *
 * <p>{@link io.heimdall.model.evidence.LevelGrid} tells how probable the levels of a session are for each place of a grid, and
 * {@link io.heimdall.model.evidence.LogPool} joins that with the network's answer.
 */
package io.heimdall.model.evidence;
