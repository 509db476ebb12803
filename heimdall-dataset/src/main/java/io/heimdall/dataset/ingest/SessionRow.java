package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * A row of the table whose values make sense each by itself.
 *
 * @param line on which it begins, from 1
 * @param session what it says of the whole session
 * @param station who recorded
 * @param recording the file
 * @param choice how the file is to be read
 * @param startTime empty where the recording shall tell
 * @param calibrationDb 0 where the table is silent
 */
record SessionRow(
        long line,
        Transmission session,
        Station station,
        Path recording,
        FileChoice choice,
        Optional<Instant> startTime,
        double calibrationDb) {

    /** What all rows of a session have in common. */
    record Transmission(
            String sessionId, boolean approved, String sourceName, Optional<GeoPoint> source, long frequencyHz) {}

    /** Returns a warning of a column of this row. */
    RowWarning warning(Column column, String value, String message) {
        return new RowWarning(line, session.sessionId(), "", column.title(), value, message);
    }

    /** Returns a warning of this row's recording, which the message is put behind. */
    RowWarning warning(String value, String message) {
        return new RowWarning(
                line, session.sessionId(), recording.toString(), "", value, "recording " + recording + ": " + message);
    }

    /** Returns this row as one that is not used. */
    RefusedRow refused(String reason) {
        return new RefusedRow(line, session.sessionId(), reason);
    }
}
