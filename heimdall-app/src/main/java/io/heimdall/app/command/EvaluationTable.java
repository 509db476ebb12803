package io.heimdall.app.command;

import io.heimdall.model.metrics.ErrorQuantiles;
import io.heimdall.model.metrics.LocalisationMetrics;
import io.heimdall.pipeline.evaluation.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An evaluation as a table for people: errors of all methods side by side, then how honest the uncertainty is. */
final class EvaluationTable {
    private static final int NAME_WIDTH = 36;

    private EvaluationTable() {}

    static List<String> lines(Evaluation evaluation) {
        LocalisationMetrics metrics = evaluation.metrics();
        LocalisationMetrics before = LocalisationMetrics.of(evaluation.unscaled());
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-" + NAME_WIDTH + "s%8s%8s%8s%8s%8s",
                "Error in km, " + metrics.sessions() + " test sessions",
                "p50",
                "p68",
                "p90",
                "p95",
                "RMS"));
        lines.add(row("Network", metrics.error()));
        evaluation.baselines().forEach(b -> lines.add(row(b.title(), ErrorQuantiles.of(b.distances()))));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Its regions of 50/68/90/95 %% hold %.0f/%.0f/%.0f/%.0f %% (sigma scaled by %.2f; before %.0f/%.0f/%.0f/%.0f %%).",
                100 * metrics.coverage().p50(),
                100 * metrics.coverage().p68(),
                100 * metrics.coverage().p90(),
                100 * metrics.coverage().p95(),
                evaluation.sigmaScale(),
                100 * before.coverage().p50(),
                100 * before.coverage().p68(),
                100 * before.coverage().p90(),
                100 * before.coverage().p95()));
        lines.add(String.format(
                Locale.ROOT,
                "NLL %.3f nats per axis in metres, CRPS %.1f km, bias %.1f km east, %.1f km north.",
                metrics.nll(),
                metrics.crps() / 1000,
                metrics.biasEast() / 1000,
                metrics.biasNorth() / 1000));
        return lines;
    }

    private static String row(String name, ErrorQuantiles error) {
        return String.format(
                Locale.ROOT,
                "%-" + NAME_WIDTH + "s%8s%8s%8s%8s%8s",
                name,
                km(error.p50()),
                km(error.p68()),
                km(error.p90()),
                km(error.p95()),
                km(error.rmse()));
    }

    private static String km(double metres) {
        return String.format(Locale.ROOT, metres < 10_000 ? "%.2f" : "%.1f", metres / 1000);
    }
}
