package io.heimdall.dataset;

import io.heimdall.files.ObjectKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * One transmission, and what the stations received of it.
 *
 * @param id unique in a catalogue; also a segment of its recordings' object keys, see {@link ObjectKey#isSegment}
 * @param sourceName the transmitter's name; empty text where it is not known
 * @param source where the transmitter stood, if known; without it a session is no training data
 * @param frequencyHz carrier frequency, positive
 * @param approved whether a person let it into the training data
 * @param start when it began, where known
 * @param measurements one per station, at least one
 */
public record Session(
        String id,
        String sourceName,
        Optional<GeoPoint> source,
        long frequencyHz,
        boolean approved,
        Optional<Instant> start,
        List<Measurement> measurements) {

    /** Checks id, frequency, and that no station is there twice. */
    public Session {
        if (!ObjectKey.isSegment(id)) {
            throw new IllegalArgumentException(
                    "session id '" + id + "' is empty, or has slashes, backslashes or control characters");
        }
        Objects.requireNonNull(sourceName, "sourceName");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(start, "start");
        if (frequencyHz <= 0) {
            throw new IllegalArgumentException(
                    "frequency " + frequencyHz + " Hz of session " + id + " is not positive");
        }
        measurements = List.copyOf(measurements);
        if (measurements.isEmpty()) {
            throw new IllegalArgumentException("session " + id + " has no measurement");
        }
        Set<String> stations = new HashSet<>();
        for (Measurement measurement : measurements) {
            if (!stations.add(measurement.station().name())) {
                throw new IllegalArgumentException("session " + id + " has station '"
                        + measurement.station().name() + "' twice");
            }
        }
    }

    /**
     * Returns the same session, heard by these only.
     *
     * @param heard at least one measurement
     */
    public Session heardBy(List<Measurement> heard) {
        return new Session(id, sourceName, source, frequencyHz, approved, start, heard);
    }

    /** Returns whether a station received something: a recording, a level or a bearing. */
    public boolean isHeard() {
        return measurements.stream().anyMatch(measurement -> !measurement.isSilence());
    }

    /** Returns whether a station has a recording. */
    public boolean isRecorded() {
        return measurements.stream()
                .anyMatch(measurement -> measurement.recorded().isPresent());
    }

    /** Returns the stations' levels, of recordings and alone, in the order of the measurements. */
    public List<Level> levels() {
        return measurements.stream()
                .filter(measurement -> measurement.levelDb().isPresent())
                .map(measurement ->
                        new Level(measurement.station(), measurement.levelDb().getAsDouble()))
                .toList();
    }

    /** Returns the recordings, in the order of the measurements. */
    public List<Recorded> recordings() {
        return measurements.stream()
                .flatMap(measurement -> measurement.recorded().stream())
                .toList();
    }
}
