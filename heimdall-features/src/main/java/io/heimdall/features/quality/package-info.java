/**
 * The quality of a recording: {@link io.heimdall.features.quality.RecordingQuality} measures level, clipping,
 * signal-to-noise ratio, bandwidth and frequency offset; {@link io.heimdall.features.quality.RecordingSurvey} adds the
 * spectrum over time.
 *
 * <p>Both read the recording once, in constant memory.
 */
package io.heimdall.features.quality;
