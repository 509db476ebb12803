package io.heimdall.pipeline.versions;

import io.heimdall.model.metrics.GroupBootstrap.Statistic;
import io.heimdall.model.metrics.GroupedValues;
import io.heimdall.pipeline.evaluation.Answer;
import io.heimdall.pipeline.evaluation.Belief;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The numbers that two models are compared by. */
public enum Quantity {
    /** Median distance from the truth, metres. */
    ERROR_P50("error_p50_m", "Median error", Unit.METRES, Answer::distance, values -> values.quantile(0.5)),
    /** Distance from the truth that nine of ten sessions stay within, metres. */
    ERROR_P90("error_p90_m", "90 % error", Unit.METRES, Answer::distance, values -> values.quantile(0.9)),
    /** Root mean square of the distances, metres. */
    ERROR_RMS("error_rms_m", "RMS error", Unit.METRES, Answer::distance, GroupedValues::rootMeanSquare),
    /** Mean negative log density at the truth, nats per square metre. */
    NLL("nll", "NLL", Unit.NATS, answer -> -belief(answer).logDensity(), GroupedValues::mean),
    /** Median area of the region of 95 %, square kilometres. */
    AREA_95(
            "area_95_km2",
            "95 % region",
            Unit.SQUARE_KM,
            answer -> area95(answer) / 1e6,
            values -> values.quantile(0.5)),
    /** Share of the truths in the region of 68 %. */
    COVERAGE_68("coverage_68", "68 % region holds", Unit.SHARE, answer -> inside(answer, 0.68), GroupedValues::mean),
    /** Share of the truths in the region of 95 %. */
    COVERAGE_95("coverage_95", "95 % region holds", Unit.SHARE, answer -> inside(answer, 0.95), GroupedValues::mean);

    private enum Unit {
        METRES,
        NATS,
        SQUARE_KM,
        SHARE
    }

    private final String key;
    private final String title;
    private final Unit unit;
    private final ToDoubleFunction<Answer> value;
    private final Function<GroupedValues, Statistic> statistic;

    Quantity(
            String key,
            String title,
            Unit unit,
            ToDoubleFunction<Answer> value,
            Function<GroupedValues, Statistic> statistic) {
        this.key = key;
        this.title = title;
        this.unit = unit;
        this.value = value;
        this.statistic = statistic;
    }

    /** Returns its key in the JSON. */
    public String key() {
        return key;
    }

    /** Returns its name for people. */
    public String title() {
        return title;
    }

    /** Returns whether a smaller number is better; a coverage is to be near its target. */
    public boolean isLowerBetter() {
        return unit != Unit.SHARE;
    }

    /** Returns a number for people, with its unit. */
    public String text(double number) {
        if (Double.isNaN(number)) {
            return "-";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        return switch (unit) {
            case METRES ->
                Math.abs(number) < 1000
                        ? String.format(Locale.ROOT, "%.0f m", number)
                        : String.format(Locale.ROOT, "%.2f km", number / 1000);
            case NATS -> String.format(Locale.ROOT, "%.2f", number);
            case SQUARE_KM -> String.format(Locale.ROOT, "%.3g km2", number);
            case SHARE -> String.format(Locale.ROOT, "%.0f %%", 100 * number);
        };
    }

    /** Returns the statistic of answers. */
    Statistic of(List<Answer> answers, int[] groups) {
        return statistic.apply(
                GroupedValues.of(answers.stream().mapToDouble(value).toArray(), groups));
    }

    private static Belief belief(Answer answer) {
        return answer.belief().orElseThrow();
    }

    private static double area95(Answer answer) {
        return belief(answer).areasM2().get(Belief.LEVELS.indexOf(0.95));
    }

    private static double inside(Answer answer, double level) {
        return belief(answer).credibleLevel() <= level ? 1 : 0;
    }
}
