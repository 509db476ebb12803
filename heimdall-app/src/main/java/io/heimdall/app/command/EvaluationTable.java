package io.heimdall.app.command;

import io.heimdall.model.metrics.ErrorQuantiles;
import io.heimdall.model.metrics.Interval;
import io.heimdall.model.metrics.LocalisationMetrics;
import io.heimdall.model.metrics.LocalisationMetrics.Coverage;
import io.heimdall.pipeline.evaluation.Comparison;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.evaluation.MethodResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** An evaluation as a table for people: errors of all methods side by side, then their posteriors. At most 100 columns. */
final class EvaluationTable {
    /** Room for the name of a method. */
    static final int NAME_WIDTH = 33;

    private static final String ERRORS = "%-34s%7s %-11s%7s%7s%7s%7s %-11s%6s";
    private static final String POSTERIORS = "%-34s%7s %-15s%-19s%13s";

    private final Evaluation evaluation;
    private final Comparison comparison;
    private final DistanceUnit unit;

    private EvaluationTable(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.comparison = evaluation.comparison();
        this.unit = DistanceUnit.of(evaluation.metrics().error().p50());
    }

    static List<String> lines(Evaluation evaluation) {
        return new EvaluationTable(evaluation).all();
    }

    private List<String> all() {
        List<MethodResult> methods = new ArrayList<>(List.of(evaluation.network()));
        methods.addAll(evaluation.baselines());
        List<String> lines = new ArrayList<>();
        lines.add(line(
                ERRORS,
                "Error in " + unit.symbol() + ", " + evaluation.metrics().sessions() + " sessions",
                "p50",
                "(90 %)",
                "p68",
                "p90",
                "p95",
                "RMS",
                "(90 %)",
                "beaten"));
        methods.forEach(method -> lines.add(errors(method, comparison)));
        evaluation.byEvidence().results().forEach(one -> lines.add(errors(one.result(), one.comparison())));
        lines.add("");
        lines.add(line(POSTERIORS, "Posterior", "NLL", "(90 %)", "50/68/90/95 % hold", "68 % region"));
        methods.stream()
                .filter(method -> !method.beliefs().isEmpty())
                .forEach(method -> lines.add(posterior(method, comparison)));
        evaluation.byEvidence().results().forEach(one -> lines.add(posterior(one.result(), one.comparison())));
        lines.add("");
        lines.addAll(notes());
        return lines;
    }

    private String errors(MethodResult method, Comparison sureness) {
        ErrorQuantiles error = method.error();
        return line(
                ERRORS,
                method.title(),
                text(error.p50()),
                interval(method, sureness, "p50"),
                text(error.p68()),
                text(error.p90()),
                text(error.p95()),
                text(error.rmse()),
                interval(method, sureness, "rmse"),
                beaten(method));
    }

    private String posterior(MethodResult method, Comparison sureness) {
        return line(
                POSTERIORS,
                method.title(),
                Comparison.nats(method.nllDensity()),
                sureness.interval(method.id(), "nll_density")
                        .map(ends -> "(" + Comparison.nats(ends.low()) + "-" + Comparison.nats(ends.high()) + ")")
                        .orElse(""),
                percents(method.coverage(0.50), method.coverage(0.68), method.coverage(0.90), method.coverage(0.95)),
                SquareKilometres.text(method.medianAreaKm2(0.68)));
    }

    private List<String> notes() {
        LocalisationMetrics metrics = evaluation.metrics();
        Coverage before = LocalisationMetrics.of(evaluation.unscaled()).coverage();
        List<String> notes = new ArrayList<>();
        if (comparison.groups() > 1) {
            notes.add("(90 %) is the interval of the number before it, by resampling " + comparison.groups()
                    + " groups; beaten the");
            notes.add("probability that the network's RMS is smaller. NLL is in nats per square metre.");
        } else {
            notes.add("All sessions are of one group: intervals cannot be computed.");
        }
        notes.add(String.format(
                Locale.ROOT,
                "Sigma scaled by %.2f; before, its regions of 50/68/90/95 %% held %s.",
                evaluation.sigmaScale(),
                percents(before.p50(), before.p68(), before.p90(), before.p95())));
        notes.add(String.format(
                Locale.ROOT,
                "CRPS %1$s %4$s, bias %2$s %4$s east, %3$s %4$s north.",
                unit.text(metrics.crps(), 1),
                unit.text(metrics.biasEast(), 1),
                unit.text(metrics.biasNorth(), 1),
                unit.symbol()));
        return notes;
    }

    private String interval(MethodResult method, Comparison sureness, String number) {
        return sureness.interval(method.id(), number).map(this::interval).orElse("");
    }

    private String interval(Interval metres) {
        return "(" + text(metres.low()) + "-" + text(metres.high()) + ")";
    }

    private String beaten(MethodResult method) {
        OptionalDouble share = comparison.betterThan(method.id());
        return share.isPresent() ? Comparison.percent(share.getAsDouble()) : "";
    }

    private static String percents(double p50, double p68, double p90, double p95) {
        return String.format(Locale.ROOT, "%.0f/%.0f/%.0f/%.0f %%", 100 * p50, 100 * p68, 100 * p90, 100 * p95);
    }

    private String text(double metres) {
        return unit.text(metres, metres < 1000 ? 3 : metres < 10_000 ? 2 : 1);
    }

    private static String line(String format, Object... cells) {
        return String.format(Locale.ROOT, format, cells).stripTrailing();
    }
}
