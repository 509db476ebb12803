package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.simulation.World;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Judges a model and, beside it, other methods and other models.
 *
 * @param methods that have learned from the training split alone
 * @param models that have learned from the training split alone
 * @param groupBy which sessions err alike
 */
public record Evaluator(List<LevelMethod> methods, List<RivalModel> models, GroupBy groupBy) {

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
     */
    public static Evaluator trainedOn(SplitSessions split, Optional<World> world, SessionFilter judged) {
        List<LevelMethod> methods = new ArrayList<>();
        world.flatMap(whole -> seen(whole, judged)).map(BayesPosterior::new).ifPresent(methods::add);
        methods.add(WeightedCentroid.byAmplitude());
        if (!split.training().isEmpty()) {
            methods.add(RssMultilateration.fit(split.training()));
            methods.add(NearestFingerprints.fit(split.training()));
        }
        return new Evaluator(methods, List.of(), split.rule().groupBy());
    }

    /** Returns an evaluator that judges other models too. */
    public Evaluator beside(List<RivalModel> others) {
        return new Evaluator(methods, others, groupBy);
    }

    /** What is left of a world; empty if recordings were left out by their quality, of whose laws the posterior knows nothing. */
    private static Optional<World> seen(World world, SessionFilter judged) {
        if (!judged.quality().equals(QualityLimits.NONE)) {
            return Optional.empty();
        }
        return Optional.of(judged.stations().isEmpty() ? world : world.withStations(judged.stations()));
    }

    /**
     * Locates sessions by every method. A session that no station of the model heard is judged by none.
     *
     * @param sessions of known sources
     * @param done is told how many estimates the model has made
     * @throws IllegalArgumentException if there is nothing to judge
     */
    public Evaluation evaluate(SessionLocalizer model, List<Session> sessions, LongConsumer done) {
        if (sessions.stream().noneMatch(model::takes)) {
            throw new IllegalArgumentException("the model takes " + model.wanted() + ", of which there are none in the "
                    + sessions.size() + " sessions: there is nothing to evaluate");
        }
        List<Estimate> estimates = model.locate(sessions, done);
        if (estimates.isEmpty()) {
            throw new IllegalArgumentException("none of the " + sessions.size()
                    + " sessions was heard by a station of the model: there is nothing to evaluate");
        }
        Set<String> located = estimates.stream().map(Estimate::sessionId).collect(Collectors.toSet());
        List<Session> judged = sessions.stream()
                .filter(session -> located.contains(session.id()))
                .toList();
        SessionGroups groups = new SessionGroups(judged, groupBy);
        List<MethodResult> rivals = new ArrayList<>();
        for (RivalModel rival : models) {
            rivals.add(rival.judge(judged, groups));
        }
        for (LevelMethod method : methods) {
            rivals.add(judge(method, judged, groups));
        }
        double scale = model.model().description().sigmaScale();
        return new Evaluation(estimates, scale, groups, rivals);
    }

    private static MethodResult judge(LevelMethod method, List<Session> sessions, SessionGroups groups) {
        return new MethodResult(
                method.id(),
                method.title(),
                sessions.parallelStream().map(method::judge).toList(), // a posterior on a grid takes its time
                sessions.stream().map(session -> groups.of(session.id())).toList());
    }
}
