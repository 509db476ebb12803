package io.heimdall.dataset;

import io.heimdall.features.quality.RecordingQuality;
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
 * @param part of the file that the station recorded
 * @param sampleRateHz positive; empty where the file itself tells
 * @param calibrationDb added to decibels relative to full scale, to make stations comparable
 * @param startTime time of the first sample, where known
 * @param levelDb mean power of the recording in dB relative to full scale, plus {@code calibrationDb}
 * @param quality of the recording, where it was measured
 */
public record Measurement(
        Station station,
        ObjectKey recording,
        Optional<String> format,
        RecordingPart part,
        OptionalDouble sampleRateHz,
        double calibrationDb,
        Optional<Instant> startTime,
        double levelDb,
        Optional<RecordingQuality> quality) {

    /** Checks that the numbers are finite and the sample rate positive. */
    public Measurement {
        Objects.requireNonNull(station, "station");
        Objects.requireNonNull(recording, "recording");
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(startTime, "startTime");
        Objects.requireNonNull(quality, "quality");
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

    /** A measurement of a whole recording whose quality was not measured. */
    public Measurement(
            Station station,
            ObjectKey recording,
            Optional<String> format,
            OptionalDouble sampleRateHz,
            double calibrationDb,
            Optional<Instant> startTime,
            double levelDb) {
        this(
                station,
                recording,
                format,
                RecordingPart.FIRST,
                sampleRateHz,
                calibrationDb,
                startTime,
                levelDb,
                Optional.empty());
    }

    /** Returns this measurement of a station that stood elsewhere. */
    public Measurement from(GeoPoint position) {
        return new Measurement(
                new Station(station.name(), position),
                recording,
                format,
                part,
                sampleRateHz,
                calibrationDb,
                startTime,
                levelDb,
                quality);
    }

    /** Returns this measurement as another part of its recording's file. */
    public Measurement withPart(RecordingPart other) {
        return new Measurement(
                station, recording, format, other, sampleRateHz, calibrationDb, startTime, levelDb, quality);
    }

    /** Returns this measurement with what its recording's quality was measured to be. */
    public Measurement withQuality(Optional<RecordingQuality> measured) {
        return new Measurement(
                station, recording, format, part, sampleRateHz, calibrationDb, startTime, levelDb, measured);
    }
}
