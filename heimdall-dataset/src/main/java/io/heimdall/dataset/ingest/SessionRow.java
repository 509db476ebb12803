package io.heimdall.dataset.ingest;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A row of the table whose values make sense each by itself.
 *
 * <p>One without recording, level and bearing says that the station was in service and heard nothing.
 *
 * @param line on which it begins, from 1
 * @param session what it says of the whole session
 * @param station who listened
 * @param position where it stood; empty where the recording shall tell
 * @param recording the file, if there is one
 * @param levelDb the level that the table gives, if it does
 * @param startTime empty where the recording shall tell
 * @param clockSigmaS standard deviation of the time in seconds, if it is known
 * @param bearing where the signal came from, if it is known
 */
record SessionRow(
        long line,
        Transmission session,
        String station,
        Optional<GeoPoint> position,
        Optional<NamedRecording> recording,
        OptionalDouble levelDb,
        Optional<Instant> startTime,
        OptionalDouble clockSigmaS,
        Optional<Bearing> bearing) {

    /** What all rows of a session have in common. */
    record Transmission(
            String sessionId, boolean approved, String sourceName, Optional<GeoPoint> source, long frequencyHz) {}

    /** Returns a warning of a column of this row. */
    RowWarning warning(Column column, String value, String message) {
        return new RowWarning(line, session.sessionId(), "", column.title(), value, message);
    }

    /** Returns a warning of this row's recording, which the message is put behind. */
    RowWarning warning(String value, String message) {
        String file = recording.orElseThrow().file().toString();
        return new RowWarning(line, session.sessionId(), file, "", value, "recording " + file + ": " + message);
    }

    /** Returns this row as one that is not used. */
    RefusedRow refused(String reason) {
        return new RefusedRow(line, session.sessionId(), reason);
    }
}
