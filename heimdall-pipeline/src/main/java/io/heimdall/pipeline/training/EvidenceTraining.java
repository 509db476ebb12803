package io.heimdall.pipeline.training;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.export.Location;
import io.heimdall.pipeline.EvenSample;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.location.EvidenceFitting;
import io.heimdall.pipeline.location.FittedEvidence;
import io.heimdall.pipeline.location.SessionEvidence;
import io.heimdall.pipeline.location.SessionEvidences;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.OutOfFold;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fits what delays and bearings need beside a trained network. Sessions without clocks and bearings cost nothing.
 *
 * @param measured the evidence of the sessions
 * @param listener is told what takes its time, and what is left out
 */
record EvidenceTraining(SessionEvidences measured, PipelineListener listener) {
    /** As many sessions tell a station's error; the delays of each take their time. */
    private static final int MOST_SESSIONS = 400;

    /** Returns whether some session may have a delay or a bearing. */
    boolean isWorthwhile(List<Session> sessions) {
        return !measured.promising(sessions).isEmpty();
    }

    /**
     * Fits beside a single network.
     *
     * @param model as it was exported, with its scale of sigmas
     * @return empty where no session has a delay or a bearing, or the model answers for each recording
     */
    Optional<FittedEvidence> fit(SplitSessions split, SessionLocalizer model) {
        Optional<Map<String, Location>> levels = levels(model, split.validation());
        if (levels.isEmpty()) {
            return Optional.empty();
        }
        List<SessionEvidence> training = measure(split.training());
        List<SessionEvidence> validation = measure(split.validation());
        return tellSomething(
                        Stream.concat(training.stream(), validation.stream()).toList())
                ? Optional.of(new EvidenceFitting(levels.get()).fit(training, validation))
                : Optional.empty();
    }

    /**
     * Fits beside an ensemble, to the sessions that each member has not seen.
     *
     * @param model as for a single network
     * @return as for a single network
     */
    Optional<FittedEvidence> fit(FoldRule rule, List<Session> sessions, SessionLocalizer model) {
        Optional<Map<String, Location>> levels = levels(model, sessions);
        if (levels.isEmpty()) {
            return Optional.empty();
        }
        List<SessionEvidence> all = measure(sessions);
        return tellSomething(all)
                ? Optional.of(new EvidenceFitting(levels.get()).fit(all, rule::of, rule.folds()))
                : Optional.empty();
    }

    private static boolean tellSomething(List<SessionEvidence> sessions) {
        return sessions.stream().anyMatch(SessionEvidence::tellsSomething);
    }

    /** Returns what the model says of sessions that may have other evidence; empty where it has several answers for one. */
    private Optional<Map<String, Location>> levels(SessionLocalizer model, List<Session> sessions) {
        List<Session> wanted = EvenSample.everyNth(measured.promising(sessions), MOST_SESSIONS);
        List<Estimate> estimates = OutOfFold.of(model).locate(model, wanted, done -> {});
        if (!Estimate.isOneOfEach(estimates)) {
            listener.warn("delays and bearings are not used: the model answers for each recording, not for a session");
            return Optional.empty();
        }
        Map<String, Location> levels = new HashMap<>();
        estimates.forEach(estimate -> levels.put(estimate.sessionId(), estimate.location()));
        return Optional.of(levels);
    }

    private List<SessionEvidence> measure(List<Session> sessions) {
        List<Session> wanted = EvenSample.everyNth(measured.promising(sessions), MOST_SESSIONS);
        return measured.of(wanted, done -> {}, listener::warn);
    }
}
