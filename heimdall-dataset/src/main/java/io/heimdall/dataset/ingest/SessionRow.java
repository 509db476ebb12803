package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row of the table whose values make sense each by itself.
 *
 * @param line on which it begins, from 1
 * @param session what it says of the whole session
 * @param station who recorded
 * @param recording the file
 * @param sampleRateHz empty where the recording shall tell
 * @param startTime empty where the recording shall tell
 * @param calibrationDb 0 where the table is silent
 */
record SessionRow(
        long line,
        Transmission session,
        Station station,
        Path recording,
        OptionalDouble sampleRateHz,
        Optional<Instant> startTime,
        double calibrationDb) {

    /** What all rows of a session have in common. */
    record Transmission(
            String sessionId, boolean approved, String sourceName, Optional<GeoPoint> source, long frequencyHz) {}
}
