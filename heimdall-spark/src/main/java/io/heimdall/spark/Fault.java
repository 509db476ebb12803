package io.heimdall.spark;

import io.heimdall.dataset.Measurement;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A recording that could not be worked on, or a session.
 *
 * @param session id of its session
 * @param station name of its station; null of a session
 * @param recording the object's name, {@code s3://bucket/key}; null of a session
 * @param reason names the recording or session, and says what is wrong
 * @param mayPass whether another run may succeed though nobody changes anything: a server was away
 */
record Fault(String session, String station, String recording, String reason, boolean mayPass) implements Serializable {

    /** Returns the fault of a recording. */
    static Fault of(String session, Measurement measurement, String reason, boolean mayPass) {
        return new Fault(
                session,
                measurement.station().name(),
                measurement.recorded().orElseThrow().key().toString(),
                reason,
                mayPass);
    }

    /** Returns the fault of a session, of which no recording is the cause. */
    static Fault of(String session, String reason, boolean mayPass) {
        return new Fault(session, null, null, reason, mayPass);
    }

    /** Returns the row of a table of faults. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("session", session);
        row.put("station", station);
        row.put("recording", recording);
        row.put("reason", reason);
        row.put("may_pass", mayPass);
        return row;
    }
}
