package io.heimdall.app.command;

import io.heimdall.app.EvidenceJson;
import io.heimdall.app.PosteriorJson;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.ingest.RowWarning;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.Locations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A session that was located by its evidence, for programs: the keys of {@code predict --json}, and {@code evidence}. One that could not be
 * located has {@code error} in place of a position.
 */
final class LocationJson {
    private LocationJson() {}

    static Map<String, Object> of(LocatedSession session, List<RowWarning> rowWarnings) {
        String id = session.session().id();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session_id", id);
        json.put("sample_id", id);
        json.putAll(EvidenceJson.position(session, true));
        session.session().source().ifPresent(source -> json.put("source", source(source, session.posterior())));
        json.put("evidence", EvidenceJson.evidence(session));
        List<Map<String, Object>> warnings = new ArrayList<>(warnings(id, rowWarnings));
        session.warnings().forEach(warning -> warnings.add(warning(warning)));
        json.put("warnings", warnings);
        return json;
    }

    /** Returns a session that nothing locates. */
    static Map<String, Object> of(Locations.NotLocated session, List<RowWarning> rowWarnings) {
        return error(
                session.sessionId(),
                session.reason(),
                EvidenceJson.evidence(session.stations(), session.pairs()),
                rowWarnings);
    }

    /** Returns a session of which no row can be used. */
    static Map<String, Object> refused(String id, String reason, List<RowWarning> rowWarnings) {
        return error(id, reason, Map.of("stations", List.of()), rowWarnings);
    }

    private static Map<String, Object> error(
            String id, String reason, Map<String, Object> evidence, List<RowWarning> rowWarnings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("session_id", id);
        json.put("session", id);
        json.put("error", reason);
        json.put("evidence", evidence);
        json.put("warnings", warnings(id, rowWarnings));
        return json;
    }

    private static List<Map<String, Object>> warnings(String id, List<RowWarning> rowWarnings) {
        return RowNotes.json(rowWarnings.stream()
                .filter(warning -> warning.sessionId().equals(id))
                .toList());
    }

    private static Map<String, Object> warning(String message) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (String key : List.of("line", "file", "column", "value")) {
            json.put(key, null);
        }
        json.put("message", message);
        return json;
    }

    private static Map<String, Object> source(GeoPoint source, GroundPosterior posterior) {
        GroundPoint mean = posterior.mean();
        GroundPoint place = new GroundPoint(source.latitude(), source.longitude());
        Map<String, Object> json = PosteriorJson.place(place.latitude(), place.longitude());
        json.put("error_m", source.distanceMetres(new GeoPoint(mean.latitude(), mean.longitude())));
        json.put("credible_level", posterior.credibleLevel(place));
        return json;
    }
}
