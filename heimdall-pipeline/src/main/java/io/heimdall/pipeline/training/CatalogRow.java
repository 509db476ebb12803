package io.heimdall.pipeline.training;

import io.heimdall.dataset.ModelResult;
import io.heimdall.files.ObjectKey;
import io.heimdall.model.metrics.LocalisationMetrics;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.SentRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What the rest of Heimdall learns of a training. */
final class CatalogRow {
    private CatalogRow() {}

    static ModelResult of(
            TrainingFolder folder,
            Kept kept,
            ModelVersion version,
            ObjectKey object,
            Optional<Evaluation> evaluation,
            Optional<SentRun> sent) {
        OptionalDouble accuracy = OptionalDouble.empty();
        OptionalDouble sigma = OptionalDouble.empty();
        Map<String, Double> numbers = new LinkedHashMap<>();
        numbers.put("version", (double) version.version());
        if (evaluation.isPresent()) {
            LocalisationMetrics metrics = evaluation.get().metrics();
            accuracy = OptionalDouble.of(metrics.error().p50());
            sigma = OptionalDouble.of(metrics.sharpness());
            numbers.put("error_p50_m", metrics.error().p50());
            numbers.put("error_p90_m", metrics.error().p90());
            numbers.put("error_rmse_m", metrics.error().rmse());
            numbers.put("nll", metrics.nll());
            numbers.put("nll_density", metrics.nllDensity());
            numbers.put("crps_m", metrics.crps());
            numbers.put("coverage_68", metrics.coverage().p68());
            numbers.put("sigma_scale", evaluation.get().sigmaScale());
        }
        return new ModelResult(
                version.name(),
                folder.settings().network(),
                sent.map(SentRun::serverRunId).orElse(folder.runId()),
                sent.map(SentRun::experimentNumber).orElse(OptionalInt.empty()),
                folder.settings().data().filter().trainingDataset(),
                object,
                accuracy,
                sigma,
                kept.loss(),
                kept.result().bestEpoch(),
                kept.parameters(folder.settings()),
                numbers);
    }
}
