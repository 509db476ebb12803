package io.heimdall.features.recording;

import java.time.Duration;

/**
 * Time that is missing from a recording, as its own time stamps show.
 *
 * @param sample the first sample after the gap
 * @param missing how much is missing before it
 */
public record Gap(long sample, Duration missing) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the sample is negative or the time not positive
     */
    public Gap {
        if (sample < 0 || missing.isNegative() || missing.isZero()) {
            throw new IllegalArgumentException("a gap of " + missing + " before sample " + sample);
        }
    }
}
