package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.Session;
import io.heimdall.model.metrics.JudgedForecasts;
import io.heimdall.model.metrics.LocalisationMetrics;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/** The evaluation of a model, beside other methods on the same sessions. */
public final class Evaluation {
    private final List<Estimate> estimates;
    private final JudgedForecasts forecasts;
    private final List<Double> sigmaScales;
    private final MethodResult network;
    private final List<MethodResult> baselines;
    private final Comparison comparison;
    private final List<Session> sessions;
    private final List<OptionalDouble> signalToNoiseDb;
    private final ByEvidence byEvidence;

    /**
     * Judges estimates.
     *
     * @param estimates of the model
     * @param sessions of the estimates, in the same order; empty where they are not known
     * @param sigmaScales that the model multiplies the sigma of each estimate by
     * @param groups of the sessions
     * @param baselines results of the other methods, in the order in which they are shown
     * @param signalToNoiseDb of the session of each estimate, see {@link #signalToNoiseDb}
     * @param byEvidence see {@link #byEvidence}, by the result of the model
     */
    Evaluation(
            List<Estimate> estimates,
            List<Session> sessions,
            List<Double> sigmaScales,
            SessionGroups groups,
            List<MethodResult> baselines,
            List<OptionalDouble> signalToNoiseDb,
            Function<MethodResult, ByEvidence> byEvidence) {
        this.sessions = List.copyOf(sessions);
        this.signalToNoiseDb = List.copyOf(signalToNoiseDb);
        this.estimates = List.copyOf(estimates);
        this.forecasts = Estimate.judged(estimates);
        this.sigmaScales = List.copyOf(sigmaScales);
        this.network = network("network", "Network", estimates, forecasts, groups);
        this.baselines = List.copyOf(baselines);
        this.comparison = new Comparison(network, this.baselines);
        this.byEvidence = byEvidence.apply(network);
    }

    /** Judges estimates of sessions whose signal-to-noise ratio is not known. */
    Evaluation(List<Estimate> estimates, List<Double> sigmaScales, SessionGroups groups, List<MethodResult> baselines) {
        this(
                estimates,
                List.of(),
                sigmaScales,
                groups,
                baselines,
                Collections.nCopies(estimates.size(), OptionalDouble.empty()),
                network -> ByEvidence.NONE);
    }

    /** Judges estimates of a single network, all of whose sigmas are multiplied by the same. */
    Evaluation(List<Estimate> estimates, double sigmaScale, SessionGroups groups, List<MethodResult> baselines) {
        this(estimates, Collections.nCopies(estimates.size(), sigmaScale), groups, baselines);
    }

    /** Returns the result of a model that gives a posterior for each session. */
    static MethodResult network(
            String id, String title, List<Estimate> estimates, JudgedForecasts forecasts, SessionGroups groups) {
        return new MethodResult(
                id,
                title,
                forecasts.all().parallelStream().map(Answer::of).toList(),
                estimates.stream()
                        .map(estimate -> groups.of(estimate.sessionId()))
                        .toList());
    }

    /** Returns the estimates of the model. */
    public List<Estimate> estimates() {
        return estimates;
    }

    /** Returns the session of each estimate; empty where the sessions are not known. */
    public List<Session> sessions() {
        return sessions;
    }

    /** Returns the signal-to-noise ratio of the clearest recording of an estimate's session, decibels, where it is known. */
    public OptionalDouble signalToNoiseDb(int estimate) {
        return signalToNoiseDb.get(estimate);
    }

    /** Returns the estimates beside their truths. */
    public JudgedForecasts forecasts() {
        return forecasts;
    }

    /** Returns what the model multiplies its sigma by; of an ensemble, the mean over the sessions. */
    public double sigmaScale() {
        double first = sigmaScales.get(0);
        double mean = sigmaScales.stream().mapToDouble(scale -> scale).average().orElseThrow();
        return sigmaScales.stream().allMatch(scale -> scale == first) ? first : mean;
    }

    /** Returns the result of the model. */
    public MethodResult network() {
        return network;
    }

    /** Returns the results of the other methods, in the order in which they are shown. */
    public List<MethodResult> baselines() {
        return baselines;
    }

    /** Returns how the sessions are located by each kind of evidence and by all of them. */
    public ByEvidence byEvidence() {
        return byEvidence;
    }

    /** Returns how sure the numbers are. */
    public Comparison comparison() {
        return comparison;
    }

    /** Returns the metrics with the sigma that the model gives. */
    public LocalisationMetrics metrics() {
        return LocalisationMetrics.of(forecasts);
    }

    /** Returns the forecasts with the sigma that the network gave before it was scaled. */
    public JudgedForecasts unscaled() {
        return new JudgedForecasts(IntStream.range(0, estimates.size())
                .mapToObj(i -> forecasts.all().get(i).scaled(1 / sigmaScales.get(i)))
                .toList());
    }

    /** Returns how sure the errors are, by name, for records of a run: {@code error_p50_low_m}, {@code better_than_knn}. */
    public Map<String, Double> sureness() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        for (String error : List.of("p50", "rmse")) {
            comparison.interval(network.id(), error).ifPresent(ends -> {
                numbers.put("error_" + error + "_low_m", ends.low());
                numbers.put("error_" + error + "_high_m", ends.high());
            });
        }
        baselines.forEach(rival ->
                comparison.betterThan(rival.id()).ifPresent(share -> numbers.put("better_than_" + rival.id(), share)));
        return numbers;
    }
}
