package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.Session;
import io.heimdall.export.Location;
import io.heimdall.files.ObjectFiles;
import io.heimdall.pipeline.location.EvidenceKind;
import io.heimdall.pipeline.location.FusedLocator;
import io.heimdall.pipeline.location.LocationOptions;
import io.heimdall.pipeline.location.SessionEvidence;
import io.heimdall.pipeline.location.SessionEvidences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Locates sessions with a model file and with their delays and bearings, by what the training has fitted for these. A session without
 * delays and bearings gets the model's own answer.
 *
 * <p>For one thread.
 */
public final class SessionPredictor {
    private final SessionLocalizer model;
    private final Set<EvidenceKind> kinds;
    private final SessionEvidences evidences;
    private final FusedLocator locator;

    /**
     * Prepares predictions.
     *
     * @param model which stays open
     * @param recordings finds the sessions' recordings
     * @param kinds of evidence that are used, one at least
     * @throws io.heimdall.pipeline.PipelineException if what the file says of evidence makes no sense
     */
    public SessionPredictor(SessionLocalizer model, ObjectFiles recordings, Set<EvidenceKind> kinds) {
        LocationOptions options = LocationOptions.defaults().with(kinds);
        this.model = model;
        this.kinds = Set.copyOf(kinds);
        this.evidences = new SessionEvidences(recordings, options);
        this.locator = new FusedLocator(options, ModelEvidence.in(model.model().description()));
    }

    /** Returns whether the model takes a session, and its levels are wanted. */
    public boolean takesLevels(Session session) {
        return kinds.contains(EvidenceKind.LEVELS) && model.takes(session);
    }

    /** Returns whether a session may have a delay or a bearing; its recordings are not read. */
    public boolean mayFuse(Session session) {
        return !evidences.promising(List.of(model.placed(session))).isEmpty();
    }

    /**
     * Locates sessions; one that nothing locates gives no prediction.
     *
     * @param done is told how many sessions are located
     * @param warnings is told what cannot be used
     * @return in the sessions' order; of a model that answers for each recording, one for each
     * @throws io.heimdall.dataset.DatasetException naming a recording that the model cannot read
     */
    public List<Prediction> predict(List<Session> sessions, LongConsumer done, Consumer<String> warnings) {
        List<Session> taken = sessions.stream().filter(this::takesLevels).toList();
        Map<String, List<Estimate>> levels = model.locate(taken, done).stream()
                .collect(Collectors.groupingBy(Estimate::sessionId, LinkedHashMap::new, Collectors.toList()));
        Map<String, SessionEvidence> evidence =
                evidences.telling(sessions.stream().map(model::placed).toList(), warnings);
        List<Prediction> predictions = new ArrayList<>();
        for (Session session : sessions) {
            List<Estimate> own = levels.getOrDefault(session.id(), List.of());
            SessionEvidence further = evidence.get(session.id());
            if (further != null && own.size() <= 1) {
                Optional<Location> location =
                        own.stream().map(Estimate::location).findFirst();
                predictions.add(new Prediction.ByEvidence(locator.locate(further, location)));
            } else {
                if (further != null) {
                    warnings.accept("session " + session.id()
                            + ": the model answers for each recording, not for a whole session; delays and bearings"
                            + " are not used");
                }
                if (own.isEmpty()) {
                    warnings.accept(
                            "session " + session.id() + ": nothing locates it: it has no delay or bearing that can be"
                                    + " used, and no levels that are asked for and that the model takes");
                }
                own.forEach(estimate -> predictions.add(new Prediction.ByLevels(estimate)));
            }
        }
        return predictions;
    }
}
