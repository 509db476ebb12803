package io.heimdall.pipeline.evaluation;

import io.heimdall.model.metrics.ErrorQuantiles;
import io.heimdall.model.metrics.Interval;
import io.heimdall.model.metrics.LocalisationMetrics;
import io.heimdall.model.metrics.LocalisationMetrics.Coverage;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An evaluation as JSON. {@code interval_90} of an object holds the intervals of the numbers beside it, by their keys. A number
 * that cannot be had is null.
 */
public final class EvaluationSummary {
    private static final String INTERVALS = "interval_90";
    private static final String NLL_DENSITY = "nll_density";
    private static final String COVERAGE = "coverage";

    private final Evaluation evaluation;

    private EvaluationSummary(Evaluation evaluation) {
        this.evaluation = evaluation;
    }

    public static Map<String, Object> of(Evaluation evaluation) {
        return new EvaluationSummary(evaluation).whole();
    }

    private Map<String, Object> whole() {
        LocalisationMetrics metrics = evaluation.metrics();
        MethodResult network = evaluation.network();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("sessions", metrics.sessions());
        summary.put("groups", evaluation.comparison().groups());
        Map<String, Object> error = error(network.error());
        error.put(INTERVALS, intervals(network, error.keySet()));
        summary.put("error_m", error);
        summary.put("bias_m", Map.of("east", metrics.biasEast(), "north", metrics.biasNorth()));
        summary.put("nll", metrics.nll());
        summary.putAll(posterior(network));
        summary.put(INTERVALS, intervals(network, List.of(NLL_DENSITY, COVERAGE)));
        summary.put("crps_m", metrics.crps());
        summary.put(
                "coverage_unscaled",
                coverage(LocalisationMetrics.of(evaluation.unscaled()).coverage()));
        summary.put("ence", metrics.ence());
        summary.put("sharpness_m", metrics.sharpness());
        summary.put("sigma_scale", evaluation.sigmaScale());
        Map<String, Object> rivals = new LinkedHashMap<>();
        Map<String, Object> betterThan = new LinkedHashMap<>();
        for (MethodResult rival : evaluation.baselines()) {
            rivals.put(rival.id(), rival(rival));
            OptionalDouble share = evaluation.comparison().betterThan(rival.id());
            betterThan.put(rival.id(), share.isPresent() ? share.getAsDouble() : null);
        }
        summary.put("better_than", betterThan);
        summary.put("baselines", rivals);
        if (!evaluation.byEvidence().results().isEmpty()) {
            summary.put("by_evidence", byEvidence());
        }
        return summary;
    }

    private Map<String, Object> byEvidence() {
        Map<String, Object> all = new LinkedHashMap<>();
        for (EvidenceResult one : evaluation.byEvidence().results()) {
            Map<String, Object> error = error(one.result().error());
            error.put(INTERVALS, intervals(one.result(), one.comparison(), List.copyOf(error.keySet())));
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("sessions", one.result().answers().size());
            json.put("groups", one.comparison().groups());
            json.put("error_m", error);
            json.putAll(posterior(one.result()));
            json.put(INTERVALS, intervals(one.result(), one.comparison(), List.of(NLL_DENSITY, COVERAGE)));
            all.put(one.result().id(), json);
        }
        return all;
    }

    private Map<String, Object> rival(MethodResult rival) {
        Map<String, Object> json = error(rival.error());
        json.putAll(posterior(rival));
        json.put(INTERVALS, intervals(rival, List.copyOf(json.keySet())));
        return json;
    }

    private static Map<String, Object> error(ErrorQuantiles error) {
        Map<String, Object> quantiles = new LinkedHashMap<>();
        quantiles.put("p50", error.p50());
        quantiles.put("p68", error.p68());
        quantiles.put("p90", error.p90());
        quantiles.put("p95", error.p95());
        quantiles.put("rmse", error.rmse());
        return quantiles;
    }

    /** The numbers of a posterior; none where there is none. */
    private static Map<String, Object> posterior(MethodResult method) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (method.beliefs().isEmpty()) {
            return json;
        }
        Map<String, Object> coverage = new LinkedHashMap<>();
        Map<String, Object> area = new LinkedHashMap<>();
        for (double level : Belief.LEVELS) {
            coverage.put(Belief.percent(level), method.coverage(level));
            area.put(Belief.percent(level), method.medianAreaKm2(level));
        }
        json.put(NLL_DENSITY, finite(method.nllDensity()));
        json.put(COVERAGE, coverage);
        json.put("area_km2", area);
        return json;
    }

    /** The intervals of those numbers that have one; null where nothing can be said. */
    private Map<String, Object> intervals(MethodResult method, Collection<String> numbers) {
        return intervals(method, evaluation.comparison(), numbers);
    }

    private static Map<String, Object> intervals(
            MethodResult method, Comparison comparison, Collection<String> numbers) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (comparison.groups() < 2) {
            return null;
        }
        for (String number : numbers) {
            interval(comparison, method, number).ifPresent(ends -> json.put(number, ends));
        }
        if (numbers.contains(COVERAGE)) {
            Map<String, Object> levels = new LinkedHashMap<>();
            Belief.LEVELS.stream()
                    .map(Belief::percent)
                    .forEach(percent -> interval(comparison, method, COVERAGE + "_" + percent)
                            .ifPresent(ends -> levels.put(percent, ends)));
            json.put(COVERAGE, levels);
        }
        return json;
    }

    private static Optional<List<Double>> interval(Comparison comparison, MethodResult method, String number) {
        return comparison.interval(method.id(), number).map(EvaluationSummary::ends);
    }

    private static List<Double> ends(Interval interval) {
        return Arrays.asList(finite(interval.low()), finite(interval.high()));
    }

    /** JSON has no infinity: a truth where a posterior has no density makes one. */
    private static Double finite(double number) {
        return Double.isFinite(number) ? (Double) number : null;
    }

    private static Map<String, Double> coverage(Coverage coverage) {
        Map<String, Double> shares = new LinkedHashMap<>();
        shares.put("50", coverage.p50());
        shares.put("68", coverage.p68());
        shares.put("90", coverage.p90());
        shares.put("95", coverage.p95());
        return shares;
    }
}
