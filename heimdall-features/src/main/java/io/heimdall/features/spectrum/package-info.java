/**
 * Spectra: from samples to mel bands in decibels, as the network sees them.
 *
 * <p>{@link io.heimdall.features.spectrum.MelSpectrogram} turns a signal in memory into every hop frame;
 * {@link io.heimdall.features.spectrum.FeatureExtractor} streams a recording of any length into a fixed number of
 * frames. Both compute in double precision, keep their working memory in a
 * {@link io.heimdall.features.spectrum.Scratch} that each thread makes for itself, and allocate nothing per frame.
 */
package io.heimdall.features.spectrum;
