package io.heimdall.pipeline.evaluation;

import io.heimdall.model.metrics.ErrorQuantiles;
import io.heimdall.model.metrics.JudgedForecasts;
import io.heimdall.model.metrics.LocalisationMetrics;
import io.heimdall.model.metrics.LocalisationMetrics.Coverage;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good a model is, beside the other methods on the same sessions.
 *
 * @param estimates of the model
 * @param forecasts the estimates beside their truths
 * @param sigmaScale that the model multiplies its sigma by
 * @param baselines errors of the other methods, in the order in which they are shown
 */
public record Evaluation(
        List<Estimate> estimates, JudgedForecasts forecasts, double sigmaScale, List<Baseline> baselines) {

    /**
     * What another method does on the same sessions.
     *
     * @param id key in the JSON
     * @param title for people
     * @param distances from the truth, metres, one per session
     */
    public record Baseline(String id, String title, double[] distances) {}

    /** Returns the metrics with the sigma that the model gives. */
    public LocalisationMetrics metrics() {
        return LocalisationMetrics.of(forecasts);
    }

    /** Returns the forecasts with the sigma that the network gave before it was scaled. */
    public JudgedForecasts unscaled() {
        return forecasts.scaled(1 / sigmaScale);
    }

    /** Returns what {@code heimdall evaluate --json} prints. */
    public Map<String, Object> summary() {
        LocalisationMetrics metrics = metrics();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("sessions", metrics.sessions());
        summary.put("error_m", quantiles(metrics.error()));
        summary.put("bias_m", Map.of("east", metrics.biasEast(), "north", metrics.biasNorth()));
        summary.put("nll", metrics.nll());
        summary.put("nll_density", metrics.nllDensity());
        summary.put("crps_m", metrics.crps());
        summary.put("coverage", coverage(metrics.coverage()));
        summary.put(
                "coverage_unscaled", coverage(LocalisationMetrics.of(unscaled()).coverage()));
        summary.put("ence", metrics.ence());
        summary.put("sharpness_m", metrics.sharpness());
        summary.put("sigma_scale", sigmaScale);
        Map<String, Object> others = new LinkedHashMap<>();
        baselines.forEach(b -> others.put(b.id(), quantiles(ErrorQuantiles.of(b.distances()))));
        summary.put("baselines", others);
        return summary;
    }

    private static Map<String, Double> quantiles(ErrorQuantiles error) {
        Map<String, Double> quantiles = new LinkedHashMap<>();
        quantiles.put("p50", error.p50());
        quantiles.put("p68", error.p68());
        quantiles.put("p90", error.p90());
        quantiles.put("p95", error.p95());
        quantiles.put("rmse", error.rmse());
        return quantiles;
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
