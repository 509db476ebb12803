package io.heimdall.dataset.ingest;

import io.heimdall.dataset.Station;
import java.util.HashMap;
import java.util.Map;

/** What the rows so far say, for the next to agree with: the first row that names a thing counts. */
final class RowAgreement {
    private final Map<String, SessionRow> sessions = new HashMap<>();
    private final Map<String, SessionRow> stations = new HashMap<>();
    private final Map<String, Map<String, SessionRow>> recordings = new HashMap<>();

    /**
     * Takes a row.
     *
     * @throws IllegalArgumentException if it contradicts an earlier one; the message has both and their lines
     */
    void add(SessionRow row) {
        String id = row.session().sessionId();
        Station station = row.station();
        SessionRow sameStation = stations.getOrDefault(station.name(), row);
        if (!sameStation.station().equals(station)) {
            throw new IllegalArgumentException("station '" + station.name() + "' stands at " + place(station)
                    + " here, at " + place(sameStation.station()) + " in line " + sameStation.line());
        }
        SessionRow sameSession = sessions.getOrDefault(id, row);
        if (!sameSession.session().equals(row.session())) {
            throw new IllegalArgumentException("session '" + id + "' is " + said(row.session()) + " here, "
                    + said(sameSession.session()) + " in line " + sameSession.line());
        }
        Map<String, SessionRow> heard = recordings.computeIfAbsent(id, none -> new HashMap<>());
        SessionRow twice = heard.get(station.name());
        if (twice != null) {
            throw new IllegalArgumentException(
                    "station '" + station.name() + "' is in session '" + id + "' already, in line " + twice.line());
        }
        heard.put(station.name(), row);
        stations.putIfAbsent(station.name(), row);
        sessions.putIfAbsent(id, row);
    }

    private static String place(Station station) {
        return station.position().latitude() + ", " + station.position().longitude();
    }

    private static String said(SessionRow.Transmission session) {
        return "of source '" + session.sourceName() + "'"
                + session.source()
                        .map(point -> " at " + point.latitude() + ", " + point.longitude())
                        .orElse("")
                + " on " + session.frequencyHz() + " Hz, " + (session.approved() ? "" : "not ") + "approved,";
    }
}
