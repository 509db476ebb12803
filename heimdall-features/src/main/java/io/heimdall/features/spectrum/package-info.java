/**
 * Spectra: from samples to mel bands in decibels, as networks read them.
 *
 * <p>{@link io.heimdall.features.spectrum.MelSpectrogram} turns a signal in memory into one column for each hop frame.
 * {@link io.heimdall.features.spectrum.FeatureExtractor} streams a recording of any length into a fixed number of
 * columns. {@link io.heimdall.features.spectrum.Stft} and {@link io.heimdall.features.spectrum.PowerSpectra} give spectra
 * of frames without bands. The working memory of each thread is a {@link io.heimdall.features.spectrum.Scratch}; no memory is
 * allocated per frame.
 */
package io.heimdall.features.spectrum;
