package io.heimdall.app.command;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.ingest.LocalSessions;
import io.heimdall.dataset.ingest.RefusedRow;
import io.heimdall.dataset.ingest.RowWarning;
import io.heimdall.pipeline.evaluation.Answer;
import io.heimdall.pipeline.evaluation.LocatedPlaces;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.Locations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The objects that {@code locate --json} prints, one a session. */
final class LocationObjects {
    private LocationObjects() {}

    /** Returns the sessions of which no row can be used, and then the others in the order of the table. */
    static List<Map<String, Object>> of(
            LocalSessions local, Locations found, List<RowWarning> warnings, Optional<LocatedPlaces> judged) {
        List<Map<String, Object>> objects = new ArrayList<>();
        refused(local).forEach((id, reason) -> objects.add(LocationJson.refused(id, reason, warnings)));
        int located = 0;
        int others = 0;
        for (Session session : local.sessions()) {
            if (located < found.located().size() && found.located().get(located).session() == session) {
                LocatedSession next = found.located().get(located++);
                Map<String, Object> object = LocationJson.of(next, warnings);
                judged.map(places -> places.bound().get(session.id()))
                        .ifPresent(bound -> object.put("bound", answer(bound)));
                objects.add(object);
            } else {
                Locations.NotLocated next = found.others().get(others++);
                objects.add(LocationJson.of(next, warnings));
            }
        }
        return objects;
    }

    private static Map<String, Object> answer(Answer answer) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("error_m", answer.distance());
        answer.belief().ifPresent(belief -> json.put("credible_level", belief.credibleLevel()));
        return json;
    }

    private static Map<String, String> refused(LocalSessions local) {
        List<String> used = local.sessions().stream().map(Session::id).toList();
        return local.refused().stream()
                .filter(row -> !row.sessionId().isBlank() && !used.contains(row.sessionId()))
                .collect(Collectors.toMap(
                        RefusedRow::sessionId,
                        RefusedRow::toString,
                        (one, other) -> one + "; " + other,
                        LinkedHashMap::new));
    }
}
