package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import io.heimdall.model.LocalPlane;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The stations of a session as a set, with those that were in service and heard nothing.
 *
 * @param stations known ones with their usual position; empty position for one that moves
 * @param absentAreSilent whether a known station without a row was in service and heard nothing; otherwise it was off
 */
record StationReports(Map<String, Optional<GeoPoint>> stations, boolean absentAreSilent) {

    /** A station whose positions are closer together than this stands still. */
    private static final double STANDS_STILL_M = 50;

    static StationReports of(SetParameters parameters) {
        return new StationReports(parameters.stations(), parameters.absentAreSilent());
    }

    /** Finds the stations of training sessions, and what their absence means. */
    static StationReports of(List<Session> training, LocalPlane plane) {
        Map<String, Whereabouts> places = new TreeMap<>();
        for (Session session : training) {
            for (Measurement m : session.measurements()) {
                places.computeIfAbsent(m.station().name(), name -> new Whereabouts(plane))
                        .add(m.station().position());
            }
        }
        Map<String, Optional<GeoPoint>> stations = new TreeMap<>();
        places.forEach((name, place) -> stations.put(name, place.usual(STANDS_STILL_M)));
        return new StationReports(stations, Absence.isInformative(training, stations));
    }

    /** Returns the reports, those of the session's measurements first. */
    List<StationReport> of(Session session) {
        List<StationReport> reports = new ArrayList<>();
        Set<String> named = new HashSet<>();
        for (Measurement m : session.measurements()) {
            named.add(m.station().name());
            if (m.levelDb().isEmpty() && !m.isSilence()) {
                continue; // a bearing alone: the station heard the session, how loud nobody knows
            }
            reports.add(new StationReport(
                    m.station().name(),
                    m.station().position(),
                    m.levelDb().isPresent() ? Optional.of(m) : Optional.empty()));
        }
        if (absentAreSilent) {
            stations.forEach((name, place) -> {
                if (!named.contains(name) && place.isPresent()) {
                    reports.add(new StationReport(name, place.get(), Optional.empty()));
                }
            });
        }
        return reports;
    }
}
