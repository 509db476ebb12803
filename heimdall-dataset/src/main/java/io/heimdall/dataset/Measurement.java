package io.heimdall.dataset;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one station recorded of one session.
 *
 * @param station who listened
 * @param recording the IQ file in the object store
 * @param format name of the recording's format as the readers name it; empty to recognise it by its content
 * @param sampleRateHz positive; empty where the file itself tells
 * @param calibrationDb added to decibels relative to full scale, to make stations comparable
 * @param startTime time of the first sample, where known
 * @param levelDb mean power of the recording in dB relative to full scale, plus {@code calibrationDb}
 */
public record Measurement(
        Station station,
        ObjectKey recording,
        Optional<String> format,
        OptionalDouble sampleRateHz,
        double calibrationDb,
        Optional<Instant> startTime,
        double levelDb) {

    /** Checks that the numbers are finite and the sample rate positive. */
    public Measurement {
        Objects.requireNonNull(station, "station");
        Objects.requireNonNull(recording, "recording");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(startTime, "startTime");
        if (sampleRateHz.isPresent()
                && !(sampleRateHz.getAsDouble() > 0 && Double.isFinite(sampleRateHz.getAsDouble()))) {
            throw new IllegalArgumentException(
                    "sample rate " + sampleRateHz.getAsDouble() + " Hz of " + recording + " is not positive");
        }
        if (!Double.isFinite(calibrationDb) || !Double.isFinite(levelDb)) {
            throw new IllegalArgumentException("calibration " + calibrationDb + " dB and level " + levelDb + " dB of "
                    + recording + " must be finite");
        }
    }
}
