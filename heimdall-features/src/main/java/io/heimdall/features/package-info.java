/**
 * The feature front end, from recordings to mel bands in decibels. Its packages are {@code recording} (formats and
 * samples), {@code spectrum} (mel spectrograms), {@code quality} (SNR, clipping, bandwidth) and {@code delay} (delays
 * between receivers).
 *
 * <p>Begin with {@link io.heimdall.features.recording.Recordings} and
 * {@link io.heimdall.features.spectrum.FeatureExtractor}.
 */
package io.heimdall.features;
