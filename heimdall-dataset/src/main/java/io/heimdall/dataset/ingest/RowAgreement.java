package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the rows so far say, for the next to agree with: the first row that names a thing counts. */
final class RowAgreement {
    private final Map<String, SessionRow> sessions = new HashMap<>();
    private final Map<String, Map<String, SessionRow>> heard = new HashMap<>();
    private final Map<Object, SessionRow> recordings = new HashMap<>();

    /**
     * Takes a row.
     *
     * @throws IllegalArgumentException if it contradicts an earlier one; the message has both and their lines
     */
    void add(SessionRow row) {
        String id = row.session().sessionId();
        SessionRow sameSession = sessions.getOrDefault(id, row);
        if (!sameSession.session().equals(row.session())) {
            throw new IllegalArgumentException("session '" + id + "' has "
                    + difference(row.session(), sameSession.session()) + " in line " + sameSession.line());
        }
        Map<String, SessionRow> stationsOfSession = heard.computeIfAbsent(id, none -> new HashMap<>());
        SessionRow twice = stationsOfSession.get(row.station());
        if (twice != null) {
            throw new IllegalArgumentException(
                    "station '" + row.station() + "' is in session '" + id + "' already, in line " + twice.line());
        }
        stationsOfSession.put(row.station(), row);
        sessions.putIfAbsent(id, row);
    }

    /** Returns a warning if an earlier row has the same recording. */
    Optional<RowWarning> sameRecording(SessionRow row) {
        return row.recording().flatMap(named -> {
            Object part = List.of(named.file(), named.choice().part());
            return Optional.ofNullable(recordings.putIfAbsent(part, row))
                    .map(other -> row.warning("", "line " + other.line() + " names it too"));
        });
    }

    /** Returns the first thing in which two rows of a session differ: what one says of it, then what the other says. */
    private static String difference(SessionRow.Transmission here, SessionRow.Transmission there) {
        if (here.frequencyHz() != there.frequencyHz()) {
            return difference("frequency_hz", here.frequencyHz(), there.frequencyHz());
        }
        if (here.approved() != there.approved()) {
            return difference("approved", here.approved(), there.approved());
        }
        return here.sourceName().equals(there.sourceName())
                ? difference("its source at", place(here.source()), place(there.source()))
                : difference("source_name", "'" + here.sourceName() + "'", "'" + there.sourceName() + "'");
    }

    private static String difference(String what, Object here, Object there) {
        return what + " " + here + " here, " + there;
    }

    private static String place(Optional<GeoPoint> source) {
        return source.map(point -> point.latitude() + ", " + point.longitude()).orElse("no place");
    }
}
