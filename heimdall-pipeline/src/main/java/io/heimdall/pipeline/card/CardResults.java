package io.heimdall.pipeline.card;

import io.heimdall.model.metrics.Interval;
import io.heimdall.model.metrics.LocalisationMetrics;
import io.heimdall.model.metrics.LocalisationMetrics.Coverage;
import io.heimdall.model.metrics.Quantiles;
import io.heimdall.pipeline.evaluation.Comparison;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.evaluation.MethodResult;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The sections of a model card on the results: errors beside other methods, by number of stations and place, calibration. */
record CardResults(Evaluation evaluation) {
    private static final List<String> PARTS = List.of("part", "sessions", "median error", "90 % error");

    List<CardSection> sections() {
        return List.of(methods(), byStations(), byPlace(), calibration());
    }

    private CardSection methods() {
        List<MethodResult> all = new ArrayList<>(List.of(evaluation.network()));
        all.addAll(evaluation.baselines());
        return new CardSection(
                "Errors, beside other methods",
                List.of("On " + evaluation.metrics().sessions() + " sessions that the model has not learned from, of "
                        + evaluation.comparison().groups()
                        + " groups. In brackets 90 % intervals, by resampling groups. NLL is in nats per"
                        + " square metre. Beaten is the probability that the network's RMS error is smaller."),
                List.of("method", "median error", "90 % error", "RMS error", "NLL", "95 % region holds", "beaten"),
                all.stream().map(this::method).toList());
    }

    private List<String> method(MethodResult method) {
        boolean posterior = !method.beliefs().isEmpty();
        return List.of(
                method.title(),
                distance(method.error().p50()) + interval(method, "p50"),
                distance(method.error().p90()) + interval(method, "p90"),
                distance(method.error().rmse()) + interval(method, "rmse"),
                posterior ? Comparison.nats(method.nllDensity()) : "",
                posterior ? percent(method.coverage(0.95)) : "",
                evaluation.comparison().betterThan(method.id()).isPresent()
                        ? Comparison.percent(
                                evaluation.comparison().betterThan(method.id()).getAsDouble())
                        : "");
    }

    private String interval(MethodResult method, String number) {
        return evaluation
                .comparison()
                .interval(method.id(), number)
                .map(CardResults::brackets)
                .orElse("");
    }

    private static String brackets(Interval ends) {
        return " (" + distance(ends.low()) + " to " + distance(ends.high()) + ")";
    }

    private CardSection byStations() {
        return parts(
                "Errors by number of stations",
                i -> String.format(
                        Locale.ROOT,
                        "%3d stations",
                        evaluation.estimates().get(i).heard().size()));
    }

    /** A cell is a third of the test region's extent on each side. */
    private CardSection byPlace() {
        double[] latitudes = sorted(true);
        double[] longitudes = sorted(false);
        return parts("Errors by place", i -> {
            Estimate estimate = evaluation.estimates().get(i);
            int row = third(estimate.truth().orElseThrow().latitude(), latitudes);
            int column = third(estimate.truth().orElseThrow().longitude(), longitudes);
            return range("latitude", latitudes, row) + ", " + range("longitude", longitudes, column);
        });
    }

    private double[] sorted(boolean latitude) {
        return evaluation.estimates().stream()
                .map(estimate -> estimate.truth().orElseThrow())
                .mapToDouble(place -> latitude ? place.latitude() : place.longitude())
                .sorted()
                .toArray();
    }

    private static int third(double value, double[] sorted) {
        double span = sorted[sorted.length - 1] - sorted[0];
        return span == 0 ? 0 : (int) Math.min(2, 3 * (value - sorted[0]) / span);
    }

    private static String range(String name, double[] sorted, int part) {
        double span = sorted[sorted.length - 1] - sorted[0];
        return String.format(
                Locale.ROOT, "%s %.3f to %.3f", name, sorted[0] + span * part / 3, sorted[0] + span * (part + 1) / 3);
    }

    private CardSection parts(String title, IntFunction<String> part) {
        double[] distances = evaluation.forecasts().distances();
        Map<String, List<Integer>> parts = IntStream.range(0, distances.length)
                .boxed()
                .collect(Collectors.groupingBy(part::apply, TreeMap::new, Collectors.toList()));
        List<List<String>> rows = new ArrayList<>();
        parts.forEach((name, numbers) -> {
            double[] own = numbers.stream().mapToDouble(i -> distances[i]).toArray();
            rows.add(List.of(
                    name.strip(),
                    Integer.toString(own.length),
                    distance(Quantiles.of(own, 0.5)),
                    distance(Quantiles.of(own, 0.9))));
        });
        return new CardSection(title, List.of(), PARTS, rows);
    }

    private CardSection calibration() {
        Coverage after = evaluation.metrics().coverage();
        Coverage before = LocalisationMetrics.of(evaluation.unscaled()).coverage();
        return new CardSection(
                "Calibration",
                List.of(String.format(
                        Locale.ROOT,
                        "The sigmas are multiplied by %.2f, which the validation split has given. A region of a probability should hold"
                                + " that share of the true places.",
                        evaluation.sigmaScale())),
                List.of("region", "holds", "held before the sigmas were scaled"),
                List.of(
                        List.of("50 %", percent(after.p50()), percent(before.p50())),
                        List.of("68 %", percent(after.p68()), percent(before.p68())),
                        List.of("90 %", percent(after.p90()), percent(before.p90())),
                        List.of("95 %", percent(after.p95()), percent(before.p95()))));
    }

    private static String percent(double share) {
        return Math.round(100 * share) + " %";
    }

    private static String distance(double metres) {
        return metres < 1000
                ? String.format(Locale.ROOT, "%.0f m", metres)
                : String.format(Locale.ROOT, "%.2f km", metres / 1000);
    }
}
