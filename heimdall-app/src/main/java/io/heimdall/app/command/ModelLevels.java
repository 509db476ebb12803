package io.heimdall.app.command;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.ingest.LocalSessions;
import io.heimdall.dataset.ingest.RowWarning;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.export.Location;
import io.heimdall.pipeline.location.FittedEvidence;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.ModelEvidence;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model says of the levels of sessions.
 *
 * @param bySession its answers, by the sessions' ids
 * @param fitted the exponents and corrections that its training has kept in the file
 * @param warnings why it has none for the others
 */
record ModelLevels(Map<String, Location> bySession, FittedEvidence fitted, List<RowWarning> warnings) {
    static final ModelLevels NONE = new ModelLevels(Map.of(), FittedEvidence.NONE, List.of());

    /**
     * Asks a model.
     *
     * @throws IOException if its file cannot be read
     */
    static ModelLevels of(Path model, LocalSessions local) throws IOException {
        Map<String, Location> levels = new LinkedHashMap<>();
        List<RowWarning> warnings = new ArrayList<>();
        try (SessionLocalizer localizer = SessionLocalizer.open(model, local.recordings(), FeatureCache.none())) {
            List<Session> taken =
                    local.sessions().stream().filter(localizer::takes).toList();
            Set<String> parts = new HashSet<>();
            for (Estimate estimate : localizer.locate(taken, done -> {})) {
                if (estimate.id().equals(estimate.sessionId())) {
                    levels.put(estimate.sessionId(), estimate.location());
                } else {
                    parts.add(estimate.sessionId());
                }
            }
            for (Session session : local.sessions()) {
                if (!levels.containsKey(session.id())) {
                    warnings.add(warning(session, obstacle(session, localizer, parts)));
                }
            }
            return new ModelLevels(levels, ModelEvidence.in(localizer.model().description()), warnings);
        }
    }

    private static String obstacle(Session session, SessionLocalizer localizer, Set<String> parts) {
        if (!localizer.takes(session)) {
            return localizer.nothingIn("the session");
        }
        return parts.contains(session.id())
                ? "the model answers for each recording, not for a whole session"
                : "the model takes none of its stations, but " + String.join(", ", localizer.stations());
    }

    private static RowWarning warning(Session session, String reason) {
        return new RowWarning(0, session.id(), "", "", "", reason + "; its levels are not used");
    }
}
