package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupRule;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.location.SessionEvidences;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.OutOfFold;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.simulation.World;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Evaluates a model, other methods and other models on the same sessions.
 *
 * @param methods that have learned from the training split alone
 * @param models that have learned from the training split alone
 * @param rule by which the sessions are split: those of a group err alike
 */
public record Evaluator(List<LevelMethod> methods, List<RivalModel> models, GroupRule rule) {

    /** Copies the lists. */
    public Evaluator {
        methods = List.copyOf(methods);
        models = List.copyOf(models);
    }

    /**
     * Returns an evaluator with all methods that can be had.
     *
     * @param split whose training side the methods learn from; sessions of known sources
     * @param world that the sessions are from, if it is a simulated one
     * @param judged which sessions will be judged: the posterior has to know which stations could have been heard
     * @param listener is told what takes some seconds, and what is left out
     */
    public static Evaluator trainedOn(
            SplitSessions split, Optional<World> world, SessionFilter judged, PipelineListener listener) {
        List<LevelMethod> methods = new ArrayList<>();
        world.flatMap(whole -> seen(whole, judged)).map(BayesPosterior::new).ifPresent(methods::add);
        world.filter(whole -> whole.conditions().clocks().areStated())
                .filter(whole -> judged.stations().isEmpty())
                .flatMap(whole -> seen(whole, judged))
                .map(ClockBound::new)
                .ifPresent(methods::add);
        methods.add(WeightedCentroid.byAmplitude());
        if (!split.training().isEmpty()) {
            methods.add(RssMultilateration.fit(split.training()));
            methods.add(NearestFingerprints.fit(split.training(), split.rule().groupBy()));
            methods.addAll(lawsOf(split, listener));
        }
        return new Evaluator(methods, List.of(), split.rule());
    }

    /**
     * Returns an evaluator with all methods that can be had.
     *
     * @param splits the single one, or that of each member of an ensemble: each method learns outside of each fold, and a session is
     *     judged by what has not seen its group
     * @param world as for the other method
     * @param judged as for the other method
     * @param listener as for the other method
     */
    public static Evaluator trainedOn(
            List<SplitSessions> splits, Optional<World> world, SessionFilter judged, PipelineListener listener) {
        List<Evaluator> members = splits.stream()
                .map(split -> trainedOn(split, world, judged, listener))
                .toList();
        if (!(splits.get(0).rule() instanceof FoldRule rule)) {
            return members.get(0);
        }
        List<LevelMethod> methods = new ArrayList<>();
        for (LevelMethod method : members.get(0).methods()) {
            List<LevelMethod> same = members.stream()
                    .flatMap(member -> member.methods().stream())
                    .filter(other -> other.id().equals(method.id()))
                    .toList();
            if (same.size() == members.size()) {
                methods.add(new FoldMethod(rule, same));
            } else {
                listener.warn(method.title() + " is left out: at least one member has too few sessions to learn from");
            }
        }
        return new Evaluator(methods, List.of(), rule);
    }

    private static List<LevelMethod> lawsOf(SplitSessions split, PipelineListener listener) {
        try {
            return LevelLawRival.fit(split.training(), split.rule().groupBy(), listener);
        } catch (PipelineException e) {
            listener.warn("no posterior of a fitted law is compared: " + e.getMessage());
            return List.of();
        }
    }

    /** Returns an evaluator that judges other models too. */
    public Evaluator beside(List<RivalModel> others) {
        return new Evaluator(methods, others, rule);
    }

    /** What is left of a world; empty if recordings were left out by their quality, of whose laws the posterior knows nothing. */
    private static Optional<World> seen(World world, SessionFilter judged) {
        if (!judged.quality().equals(QualityLimits.NONE)) {
            return Optional.empty();
        }
        return Optional.of(judged.stations().isEmpty() ? world : world.withStations(judged.stations()));
    }

    /**
     * Locates sessions by every method. All methods are judged on the same sessions: those that the model and all other models
     * can locate.
     *
     * @param sessions of known sources
     * @param measured their delays and bearings
     * @param listener is told how many estimates the model has made, and what is left out
     * @throws IllegalArgumentException if there is nothing to judge
     * @throws PipelineException if another model can locate none of the sessions that the model can
     */
    public Evaluation evaluate(
            SessionLocalizer model, List<Session> sessions, SessionEvidences measured, PipelineListener listener) {
        if (sessions.stream().noneMatch(model::takes)) {
            throw new IllegalArgumentException(
                    model.nothingIn("the " + sessions.size() + " sessions") + ": there is nothing to evaluate");
        }
        models.forEach(rival -> rival.check(sessions, rule).ifPresent(listener::warn));
        OutOfFold unseen = OutOfFold.of(model);
        List<Estimate> estimates = unseen.locate(model, sessions, done -> listener.advance(done, ""));
        if (estimates.isEmpty()) {
            throw new IllegalArgumentException("none of the " + sessions.size()
                    + " sessions was heard by a station of the model: there is nothing to evaluate");
        }
        List<Session> located = of(sessions, ids(estimates));
        Map<RivalModel, List<Estimate>> others = new LinkedHashMap<>();
        models.forEach(rival -> others.put(rival, rival.locate(located)));
        Set<String> common = common(estimates, others, listener);
        return judge(model, unseen, of(located, common), keep(estimates, common), others, common, measured, listener);
    }

    private Evaluation judge(
            SessionLocalizer model,
            OutOfFold unseen,
            List<Session> judged,
            List<Estimate> estimates,
            Map<RivalModel, List<Estimate>> others,
            Set<String> common,
            SessionEvidences measured,
            PipelineListener listener) {
        SessionGroups groups = new SessionGroups(judged, rule.groupBy());
        List<MethodResult> rivals = new ArrayList<>();
        others.forEach((rival, all) -> {
            List<Estimate> own = keep(all, common);
            rivals.add(Evaluation.network(rival.id(), rival.title(), own, Estimate.judged(own), groups));
        });
        for (LevelMethod method : methods) {
            listener.advance(judged.size(), "locates by: " + method.title());
            rivals.add(judge(method, judged, groups));
        }
        listener.advance(judged.size(), "measures signals and noise");
        List<Session> sessions = Estimate.sessions(estimates, judged);
        List<OptionalDouble> ratios = model.signalToNoiseDb(sessions);
        EvidenceJudge evidence = new EvidenceJudge(unseen, measured, rule.groupBy(), listener);
        return new Evaluation(
                estimates,
                sessions,
                unseen.sigmaScales(estimates, judged),
                groups,
                rivals,
                ratios,
                network -> evidence.judge(sessions, estimates, network));
    }

    /** The sessions that every model can locate. */
    private static Set<String> common(
            List<Estimate> estimates, Map<RivalModel, List<Estimate>> others, PipelineListener listener) {
        Set<String> common = ids(estimates);
        int located = common.size();
        others.forEach((rival, own) -> {
            common.retainAll(ids(own));
            if (common.isEmpty()) {
                throw new PipelineException(rival.onnx() + ": none of the " + located
                        + " sessions was heard by a station of this model, so that it cannot be compared");
            }
        });
        if (common.size() < located) {
            listener.warn(located - common.size() + " of " + located
                    + " sessions are left out, since another model cannot locate them");
        }
        return common;
    }

    private static Set<String> ids(List<Estimate> estimates) {
        return estimates.stream().map(Estimate::sessionId).collect(Collectors.toCollection(HashSet::new));
    }

    private static List<Session> of(List<Session> sessions, Set<String> ids) {
        return sessions.stream().filter(session -> ids.contains(session.id())).toList();
    }

    private static List<Estimate> keep(List<Estimate> estimates, Set<String> ids) {
        return estimates.stream()
                .filter(estimate -> ids.contains(estimate.sessionId()))
                .toList();
    }

    private static MethodResult judge(LevelMethod method, List<Session> sessions, SessionGroups groups) {
        return new MethodResult(
                method.id(),
                method.title(),
                sessions.parallelStream().map(method::judge).toList(), // a posterior on a grid takes its time
                sessions.stream().map(session -> groups.of(session.id())).toList());
    }
}
