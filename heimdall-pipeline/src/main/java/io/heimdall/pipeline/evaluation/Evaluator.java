package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.simulation.World;
import io.heimdall.pipeline.evaluation.Evaluation.Baseline;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Judges a model and, beside it, other methods on the same sessions.
 *
 * @param methods that have learned from the training split alone
 */
public record Evaluator(List<LevelMethod> methods) {

    /** Copies the list. */
    public Evaluator {
        methods = List.copyOf(methods);
    }

    /**
     * Returns an evaluator with all methods that can be had.
     *
     * @param training sessions of known sources that the methods learn from; none of those that will be judged
     * @param world that the sessions are from, if it is a simulated one
     * @param judged which sessions will be judged: the posterior has to know which stations could have been heard
     */
    public static Evaluator trainedOn(List<Session> training, Optional<World> world, SessionFilter judged) {
        List<LevelMethod> methods = new ArrayList<>();
        world.flatMap(whole -> seen(whole, judged)).map(BayesPosterior::new).ifPresent(methods::add);
        methods.add(WeightedCentroid.byAmplitude());
        if (!training.isEmpty()) {
            methods.add(RssMultilateration.fit(training));
            methods.add(NearestFingerprints.fit(training));
        }
        return new Evaluator(methods);
    }

    /** What is left of a world; empty if recordings were left out by their quality, of whose laws the posterior knows nothing. */
    private static Optional<World> seen(World world, SessionFilter judged) {
        if (!judged.quality().equals(QualityLimits.NONE)) {
            return Optional.empty();
        }
        return Optional.of(judged.stations().isEmpty() ? world : world.withStations(judged.stations()));
    }

    /**
     * Locates sessions by every method.
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
        List<Baseline> baselines = new ArrayList<>();
        for (LevelMethod method : methods) {
            baselines.add(new Baseline(method.id(), method.title(), Distances.of(method, judged)));
        }
        double scale = model.model().description().sigmaScale();
        return new Evaluation(estimates, Estimate.judged(estimates), scale, baselines);
    }
}
