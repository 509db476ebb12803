package io.heimdall.pipeline.report;

import io.heimdall.model.metrics.ErrorQuantiles;
import io.heimdall.pipeline.evaluation.Comparison;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a report begins with: how far off, where, how sure, against what. */
final class ReportAnswers {
    private static final double LEVEL = 0.9;

    /** The median of fewer sessions is chance. */
    private static final int FEWEST = 3;

    private ReportAnswers() {}

    /** Returns the answers as the values question, answer and note; those that the report knows nothing of are left out. */
    static List<Map<String, String>> of(Report report) {
        List<Map<String, String>> answers = new ArrayList<>();
        if (report.methods().isEmpty()) {
            return answers;
        }
        answers.add(howFar(report.methods().get(0)));
        where(report.details().cells()).ifPresent(answers::add);
        howSure(report).ifPresent(answers::add);
        againstWhat(report.methods()).ifPresent(answers::add);
        return answers;
    }

    private static Map<String, String> answer(String question, String answer, String note) {
        return Map.of("question", question, "answer", answer, "note", note);
    }

    private static Map<String, String> howFar(Report.Method network) {
        ErrorQuantiles error = ErrorQuantiles.of(network.errorsMetres());
        var interval = network.sureness().p50();
        String sureness = Double.isNaN(interval.low())
                ? ""
                : " (90 % interval " + Kilometres.text(interval.low()) + "–" + Kilometres.text(interval.high()) + ")";
        int sessions = network.errorsMetres().length;
        return answer(
                "How far off?",
                Kilometres.text(error.p50()) + " km",
                "Median error over " + sessions + (sessions == 1 ? " session" : " sessions") + sureness
                        + "; nine of ten are located within " + Kilometres.text(error.p90()) + " km.");
    }

    private static Optional<Map<String, String>> where(List<ErrorCell> all) {
        List<ErrorCell> cells =
                all.stream().filter(cell -> cell.errors().sessions() >= FEWEST).toList();
        Comparator<ErrorCell> byError = Comparator.comparingDouble(ReportAnswers::median);
        Optional<ErrorCell> best = cells.stream().min(byError);
        Optional<ErrorCell> worst = cells.stream().max(byError);
        if (cells.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(answer(
                "Where?",
                Kilometres.text(median(best.orElseThrow())) + "–" + Kilometres.text(median(worst.orElseThrow()))
                        + " km",
                "Median error by place: smallest around " + middle(best.orElseThrow()) + ", largest around "
                        + middle(worst.orElseThrow()) + "."));
    }

    private static double median(ErrorCell cell) {
        return cell.errors().p50Metres().get(0);
    }

    private static String middle(ErrorCell cell) {
        return String.format(
                Locale.ROOT, "%.2f, %.2f", (cell.south() + cell.north()) / 2, (cell.west() + cell.east()) / 2);
    }

    private static Optional<Map<String, String>> howSure(Report report) {
        double[] areas = report.details().regions().stream()
                .flatMap(session -> session.regions().stream())
                .filter(region -> region.level() == LEVEL)
                .mapToDouble(SessionRegions.Region::areaKm2)
                .sorted()
                .toArray();
        String area = areas.length == 0
                ? ""
                : " Their median area is "
                        + new BigDecimal(areas[areas.length / 2])
                                .round(new MathContext(3))
                                .toPlainString()
                        + " km².";
        return report.reliability().stream()
                .filter(point -> Math.abs(point.expected() - LEVEL) < 1e-9 && !Double.isNaN(point.after()))
                .findFirst()
                .map(point -> answer(
                        "How sure?",
                        Math.round(100 * point.after()) + " %",
                        "of the transmitters lie in the regions that should hold 90 %." + area));
    }

    private static Optional<Map<String, String>> againstWhat(List<Report.Method> methods) {
        return methods.stream()
                .skip(1)
                .min(Comparator.comparingDouble(
                        method -> ErrorQuantiles.of(method.errorsMetres()).p50()))
                .map(best -> answer(
                        "Against what?",
                        Kilometres.text(ErrorQuantiles.of(best.errorsMetres()).p50()) + " km",
                        "Median error of the best other method, “" + best.name() + "”."
                                + (Double.isNaN(best.sureness().beaten())
                                        ? ""
                                        : " The network's RMS error is smaller with a probability of "
                                                + Comparison.percent(
                                                        best.sureness().beaten()) + ".")));
    }
}
