package io.heimdall.features.delay;

import io.heimdall.features.recording.Recording;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A recording with the clock of its time stamps.
 *
 * @param recording the samples; read by one thread at a time, and left open
 * @param startTime the time of sample 0 by the receiver's clock
 * @param clockSigmaSeconds one sigma of that time, seconds, positive and finite
 * @param clockPpm the largest relative error of the receiver's oscillator, parts per million: it bounds the frequency
 *     offset and the drift
 */
public record TimedRecording(Recording recording, Instant startTime, double clockSigmaSeconds, double clockPpm) {
    /** What an oscillator is trusted with where nothing else is known, parts per million. */
    public static final double DEFAULT_PPM = 1;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the sigma is not positive and finite, or the ppm not in 0..1000
     */
    public TimedRecording {
        Objects.requireNonNull(recording, "recording");
        Objects.requireNonNull(startTime, "startTime");
        if (!(clockSigmaSeconds > 0) || Double.isInfinite(clockSigmaSeconds)) {
            throw new IllegalArgumentException(
                    "the clock's sigma of " + clockSigmaSeconds + " s is not positive and finite");
        }
        if (!(clockPpm >= 0 && clockPpm <= 1000)) {
            throw new IllegalArgumentException("the oscillator's " + clockPpm + " ppm are not in 0..1000");
        }
    }

    /** Returns a recording with the start and the clock that it tells of itself; empty where it does not tell both. */
    public static Optional<TimedRecording> of(Recording recording) {
        OptionalDouble sigma = recording.info().clockSigmaSeconds();
        return sigma.isEmpty()
                ? Optional.empty()
                : recording
                        .info()
                        .startTime()
                        .map(start -> new TimedRecording(recording, start, sigma.getAsDouble(), DEFAULT_PPM));
    }
}
