/**
 * Delays: how much later one receiver hears a signal than another, from their recordings and clocks.
 *
 * <p>{@link io.heimdall.features.delay.DelayEstimator} takes two recordings with their clocks and returns a {@link
 * io.heimdall.features.delay.DelayEstimate} with its uncertainty, or says why there is none. It cuts both recordings into
 * segments, finds the peak of their cross-ambiguity, weights each spectral line by its measured coherence, and keeps
 * memory that does not grow with the recordings.
 */
package io.heimdall.features.delay;
