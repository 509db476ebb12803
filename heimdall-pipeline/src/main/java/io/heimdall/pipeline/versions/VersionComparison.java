package io.heimdall.pipeline.versions;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.data.Selection;
import io.heimdall.pipeline.evaluation.Answer;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares two models on the same sessions: those of a filter that both can locate and that neither has learned from.
 *
 * @param source of the sessions
 * @param tracker that has the versions, and what their trainings learned from
 * @param modelName of the registered model
 * @param filter which sessions are wanted
 */
public record VersionComparison(SessionSource source, Tracker tracker, String modelName, SessionFilter filter) {
    static final String LEARNED = "learned_from";
    private static final String NOT_LOCATED = "not_located";

    /**
     * Compares.
     *
     * @param first a version, alias or model file
     * @param second another one
     * @throws IOException if a model cannot be read
     * @throws IllegalArgumentException if the filter names what the catalogue does not have
     * @throws PipelineException if there is no such model, or no session to compare on
     */
    public ModelComparison of(String first, String second, PipelineListener listener) throws IOException {
        try (Contender one = open(first);
                Contender other = open(second)) {
            return compare(one, other, listener);
        }
    }

    private Contender open(String word) throws IOException {
        return Contender.open(word, modelName, source, tracker);
    }

    private ModelComparison compare(Contender first, Contender second, PipelineListener listener) {
        List<Session> wanted = Selection.of(source.catalog(), filter).sessions();
        List<Session> unseen = wanted.stream()
                .filter(session -> !first.mayHaveLearnedFrom(session) && !second.mayHaveLearnedFrom(session))
                .toList();
        List<Session> takenByBoth = unseen.stream()
                .filter(session -> first.takes(session) && second.takes(session))
                .toList();
        listener.begin(Phase.REPORT, 2L * takenByBoth.size());
        Map<String, Answer> firstAnswers = answers(first, takenByBoth, 0, listener);
        Map<String, Answer> secondAnswers = answers(second, takenByBoth, takenByBoth.size(), listener);
        GroupBy groupBy = first.rule().groupBy();
        Map<String, Integer> groups = new HashMap<>();
        List<ComparedSession> compared = new ArrayList<>();
        for (Session session : takenByBoth) {
            Answer one = firstAnswers.get(session.id());
            Answer other = secondAnswers.get(session.id());
            if (one != null && other != null) {
                int group = groups.computeIfAbsent(groupBy.groupOf(session), name -> groups.size());
                compared.add(new ComparedSession(session, group, one, other));
            }
        }
        Map<String, Integer> leftOut = new LinkedHashMap<>();
        leftOut.put(LEARNED, wanted.size() - unseen.size());
        leftOut.put(NOT_LOCATED, unseen.size() - compared.size());
        if (compared.isEmpty()) {
            throw new PipelineException("there is no session to compare " + first.title() + " and " + second.title()
                    + " on: of " + wanted.size() + " sessions (" + filter + "), " + leftOut.get(LEARNED)
                    + " may have been learned from, and " + leftOut.get(NOT_LOCATED) + " cannot be located by both");
        }
        return ModelComparison.of(first.title(), second.title(), compared, leftOut, notes(first, second, compared));
    }

    /** Returns one answer for each session: of a model that locates by single recordings, that of the first recording. */
    private static Map<String, Answer> answers(
            Contender model, List<Session> sessions, long before, PipelineListener listener) {
        if (sessions.isEmpty()) {
            return Map.of();
        }
        List<Estimate> estimates = model.locate(sessions, done -> listener.advance(before + done, model.title()));
        return estimates.parallelStream()
                .collect(Collectors.toMap(
                        Estimate::sessionId, estimate -> Answer.of(estimate.judged()), (first, later) -> first));
    }

    private static List<String> notes(Contender first, Contender second, List<ComparedSession> compared) {
        List<String> notes = new ArrayList<>();
        long known = compared.stream()
                .map(ComparedSession::session)
                .filter(session -> first.knowsGroupOf(session) || second.knowsGroupOf(session))
                .count();
        if (known > 0) {
            notes.add(known + " of the " + compared.size() + " sessions came after a training that knows their "
                    + first.rule().groupBy().name().toLowerCase(Locale.ROOT)
                    + ": they flatter a model that remembers places");
        }
        unrecorded(first).ifPresent(notes::add);
        unrecorded(second).ifPresent(notes::add);
        return notes;
    }

    private static Optional<String> unrecorded(Contender model) {
        return model.learned().isPresent() || model.rule() instanceof FoldRule
                ? Optional.empty()
                : Optional.of("the run of " + model.title()
                        + " has not recorded its sessions: only those of its test split count as unseen");
    }
}
