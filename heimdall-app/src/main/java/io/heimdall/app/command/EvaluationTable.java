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
        DistanceUnit unit = DistanceUnit.of(metrics.error().p50());
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-" + NAME_WIDTH + "s%8s%8s%8s%8s%8s",
                "Error in " + unit.symbol() + ", " + metrics.sessions() + " test sessions",
                "p50",
                "p68",
                "p90",
                "p95",
                "RMS"));
        lines.add(row("Network", metrics.error(), unit));
        evaluation.baselines().forEach(b -> lines.add(row(b.title(), ErrorQuantiles.of(b.distances()), unit)));
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
                "NLL %1$.3f nats per axis in metres, CRPS %2$s %5$s, bias %3$s %5$s east, %4$s %5$s north.",
                metrics.nll(),
                unit.text(metrics.crps(), 1),
                unit.text(metrics.biasEast(), 1),
                unit.text(metrics.biasNorth(), 1),
                unit.symbol()));
        return lines;
    }

    private static String row(String name, ErrorQuantiles error, DistanceUnit unit) {
        return String.format(
                Locale.ROOT,
                "%-" + NAME_WIDTH + "s%8s%8s%8s%8s%8s",
                name,
                text(error.p50(), unit),
                text(error.p68(), unit),
                text(error.p90(), unit),
                text(error.p95(), unit),
                text(error.rmse(), unit));
    }

    private static String text(double metres, DistanceUnit unit) {
        return unit.text(metres, metres < 10_000 ? 2 : 1);
    }
}
