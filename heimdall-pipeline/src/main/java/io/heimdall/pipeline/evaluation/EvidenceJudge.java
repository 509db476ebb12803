package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.export.Location;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.location.EvidenceKind;
import io.heimdall.pipeline.location.FittedEvidence;
import io.heimdall.pipeline.location.FusedLocator;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.location.LocationOptions;
import io.heimdall.pipeline.location.SessionEvidence;
import io.heimdall.pipeline.location.SessionEvidences;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.ModelEvidence;
import io.heimdall.pipeline.prediction.OutOfFold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Judges each kind of evidence alone and all of it together, where sessions have more than levels.
 *
 * @param model what the file says of its evidence and its members
 * @param measured the evidence of the sessions
 * @param groupBy what the split keeps together
 * @param listener is told what takes its time, and what is left out
 */
record EvidenceJudge(OutOfFold model, SessionEvidences measured, GroupBy groupBy, PipelineListener listener) {
    private static final String ALL = "all";

    /**
     * Judges.
     *
     * @param sessions of known sources, in the order of the estimates
     * @param estimates of the model, out of fold
     * @param network the judged estimates: the levels alone
     * @return levels, delays, bearings and all, as far as sessions have them
     */
    ByEvidence judge(List<Session> sessions, List<Estimate> estimates, MethodResult network) {
        if (measured.promising(sessions).isEmpty() || !Estimate.isOneOfEach(estimates)) {
            return ByEvidence.NONE;
        }
        listener.advance(sessions.size(), "measures delays");
        Map<String, SessionEvidence> evidence = measured.telling(sessions, listener::warn);
        if (evidence.isEmpty()) {
            return ByEvidence.NONE;
        }
        FittedEvidence fitted = ModelEvidence.in(model.description());
        List<EvidenceResult> results = new ArrayList<>();
        results.add(EvidenceResult.of(
                new MethodResult(EvidenceKind.LEVELS.toString(), "Levels alone", network.answers(), network.groups())));
        alone(EvidenceKind.DELAYS, "Delays alone", sessions, evidence, fitted).ifPresent(results::add);
        alone(EvidenceKind.BEARINGS, "Bearings alone", sessions, evidence, fitted)
                .ifPresent(results::add);
        Map<String, FusedSession> products = new ConcurrentHashMap<>();
        List<Answer> all = IntStream.range(0, sessions.size())
                .parallel()
                .mapToObj(i -> {
                    SessionEvidence one = evidence.get(sessions.get(i).id());
                    if (one == null) {
                        return network.answers().get(i);
                    }
                    LocatedSession located =
                            located(one, Optional.of(estimates.get(i).location()), fitted);
                    products.put(sessions.get(i).id(), FusedSession.of(located));
                    return answer(located);
                })
                .toList();
        results.add(EvidenceResult.of(new MethodResult(ALL, "All evidence", all, network.groups())));
        return new ByEvidence(results, products);
    }

    private Optional<EvidenceResult> alone(
            EvidenceKind kind,
            String title,
            List<Session> sessions,
            Map<String, SessionEvidence> evidence,
            FittedEvidence fitted) {
        List<SessionEvidence> having = sessions.stream()
                .map(session -> evidence.get(session.id()))
                .filter(one -> one != null && one.tells(kind))
                .map(one -> one.only(Set.of(kind)))
                .toList();
        if (having.isEmpty()) {
            return Optional.empty();
        }
        List<Session> own = having.stream().map(SessionEvidence::session).toList();
        SessionGroups groups = new SessionGroups(own, groupBy);
        String counted = having.size() < sessions.size() ? title + " (" + having.size() + " sessions)" : title;
        return Optional.of(EvidenceResult.of(new MethodResult(
                kind.toString(),
                counted,
                having.parallelStream()
                        .map(one -> answer(located(one, Optional.empty(), fitted)))
                        .toList(),
                own.stream().map(session -> groups.of(session.id())).toList())));
    }

    /** Locates a session by what was fitted to other sessions than those of its fold. */
    private LocatedSession located(SessionEvidence session, Optional<Location> levels, FittedEvidence fitted) {
        FittedEvidence own = model.ensemble()
                .map(members -> fitted.outside(members.rule().of(session.session())))
                .orElse(fitted);
        return new FusedLocator(LocationOptions.defaults(), own).locate(session, levels);
    }

    private static Answer answer(LocatedSession located) {
        return Answer.of(located.session().source().orElseThrow(), located.posterior());
    }
}
