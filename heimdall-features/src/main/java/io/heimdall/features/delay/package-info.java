/**
 * The delay between two recordings: how much later a signal arrives at one receiver than at another.
 *
 * <p>{@link io.heimdall.features.delay.DelayEstimator} reads two recordings with their clocks. It returns a
 * {@link io.heimdall.features.delay.DelayEstimate} with its standard deviation, or a
 * {@link io.heimdall.features.delay.NoDelay} with the reason. It cuts both recordings into segments, finds the peak of
 * their cross-ambiguity, and weights each spectral line by its measured coherence. Its memory does not grow with the
 * recordings.
 */
package io.heimdall.features.delay;
