package io.heimdall.features.recording;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a recording says of itself.
 *
 * @param format the name of the format it was read from, for example {@code npy}
 * @param complex whether a sample is a pair I, Q rather than one real value
 * @param samples the length in samples; a pair I, Q is one sample
 * @param sampleRateHz samples a second, empty where the recording does not tell
 * @param centerFrequencyHz the frequency that stands at 0 Hz in the baseband, empty where the recording does not tell
 * @param startTime the time of sample 0, empty where the recording does not tell
 */
public record RecordingInfo(
        String format,
        boolean complex,
        long samples,
        OptionalDouble sampleRateHz,
        OptionalDouble centerFrequencyHz,
        Optional<Instant> startTime) {

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if {@code samples} is negative
     */
    public RecordingInfo {
        if (samples < 0) {
            throw new IllegalArgumentException("a recording of " + samples + " samples");
        }
    }
}
