package io.heimdall.pipeline.input;

import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Session;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The stations of a session as a set, with those that were in service and heard nothing.
 *
 * @param parameters of the set
 */
record StationReports(SetParameters parameters) {

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
        if (parameters.absentAreSilent()) {
            parameters.stations().forEach((name, place) -> {
                if (!named.contains(name) && place.isPresent()) {
                    reports.add(new StationReport(name, place.get(), Optional.empty()));
                }
            });
        }
        return reports;
    }
}
