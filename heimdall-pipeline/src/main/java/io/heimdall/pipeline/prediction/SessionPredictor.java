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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Locates sessions with a model file and with their delays and bearings, by what the training has fitted for these. A session without
 * delays and bearings gets the model's own answer.
 *
 * <p>For one thread.
 */
public final class SessionPredictor {
    private final SessionLocalizer model;
    private final Set<EvidenceKind> kinds;
    private final ObjectFiles recordings;
    private final LocationOptions options;
    private final FusedLocator locator;
    private final boolean strict;

    /**
     * Prepares predictions.
     *
     * @param model which stays open
     * @param recordings finds the sessions' recordings
     * @param kinds of evidence that are used, one at least
     * @throws io.heimdall.pipeline.PipelineException if what the file says of evidence makes no sense
     */
    public SessionPredictor(SessionLocalizer model, ObjectFiles recordings, Set<EvidenceKind> kinds) {
        this(model, recordings, kinds, false);
    }

    private SessionPredictor(SessionLocalizer model, ObjectFiles recordings, Set<EvidenceKind> kinds, boolean strict) {
        this.strict = strict;
        this.options = LocationOptions.defaults().with(kinds);
        this.model = model;
        this.kinds = Set.copyOf(kinds);
        this.recordings = recordings;
        this.locator = new FusedLocator(options, ModelEvidence.in(model.model().description()));
    }

    /**
     * Returns a predictor that throws if recordings cannot be compared because of a fault that may pass, as of a server that is away. This
     * one goes on without the session's delays, and warns.
     */
    public SessionPredictor strict() {
        return new SessionPredictor(model, recordings, kinds, true);
    }

    /** Returns whether the model takes a session, and its levels are wanted. */
    public boolean takesLevels(Session session) {
        return kinds.contains(EvidenceKind.LEVELS) && model.takes(session);
    }

    /** Returns whether a session may have a delay or a bearing; its recordings are not read. */
    public boolean mayFuse(Session session) {
        return !new SessionEvidences(recordings, options)
                .promising(List.of(model.placed(session)))
                .isEmpty();
    }

    /**
     * Locates sessions; one that nothing locates gives no prediction.
     *
     * @param warnings is told what cannot be used
     * @return in the sessions' order; of a model that answers for each recording, one for each
     * @throws io.heimdall.dataset.DatasetException naming a recording that the model cannot read; if this is {@link #strict}, also one that
     *     cannot be compared
     */
    public List<Prediction> predict(List<Session> sessions, Consumer<String> warnings) {
        List<Prediction> all = new ArrayList<>();
        this.<RuntimeException>predict(sessions, (session, predictions) -> all.addAll(predictions), warnings);
        return all;
    }

    /**
     * Locates sessions, and gives the predictions of each away as soon as they are known; few are held at a time.
     *
     * @param answers is given all sessions in their order, those that nothing locates without a prediction
     * @param warnings is told what cannot be used, of a session before its predictions are given
     * @throws io.heimdall.dataset.DatasetException naming a recording that the model cannot read; if this is {@link #strict}, also one that
     *     cannot be compared
     * @throws X from {@code answers}
     */
    public <X extends Exception> void predict(
            List<Session> sessions, AnswerConsumer<Prediction, X> answers, Consumer<String> warnings) throws X {
        EvidenceAhead evidence = new EvidenceAhead(sessions, some -> measured(some, warnings));
        Iterator<Session> next = sessions.iterator();
        model.<X>locate(sessions.stream().filter(this::takesLevels).toList(), (located, estimates) -> {
            Session session = next.next();
            while (session != located) {
                answers.accept(session, predictions(session, List.of(), evidence.next(), warnings));
                session = next.next();
            }
            answers.accept(session, predictions(session, estimates, evidence.next(), warnings));
        });
        while (next.hasNext()) {
            Session session = next.next();
            answers.accept(session, predictions(session, List.of(), evidence.next(), warnings));
        }
    }

    private Map<String, SessionEvidence> measured(List<Session> sessions, Consumer<String> warnings) {
        SessionEvidences evidences = new SessionEvidences(recordings, options);
        return (strict ? evidences.strict() : evidences)
                .telling(sessions.stream().map(model::placed).toList(), warnings);
    }

    private List<Prediction> predictions(
            Session session, List<Estimate> levels, Optional<SessionEvidence> evidence, Consumer<String> warnings) {
        if (evidence.isPresent() && levels.size() <= 1) {
            Optional<Location> location =
                    levels.stream().map(Estimate::location).findFirst();
            return List.of(new Prediction.ByEvidence(locator.locate(evidence.get(), location)));
        }
        if (evidence.isPresent()) {
            warnings.accept(
                    "session " + session.id()
                            + ": the model answers for each recording, not for a whole session; delays and bearings are not used");
        }
        if (levels.isEmpty()) {
            warnings.accept("session " + session.id() + ": nothing locates it: it has no delay or bearing that can be"
                    + " used, and no levels that are asked for and that the model takes");
        }
        return levels.stream().<Prediction>map(Prediction.ByLevels::new).toList();
    }
}
