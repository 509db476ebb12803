package io.heimdall.pipeline.versions;

import io.heimdall.model.metrics.Interval;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A number of two models on the same sessions.
 *
 * @param quantity that was compared
 * @param first of the first model
 * @param second of the second model
 * @param difference 90 % interval of the second less the first, on the same resamples of groups; empty for a single group
 * @param secondBetter share of resamples in which the second is smaller, of equal ones half; empty for a single group, and for a
 *     coverage, which has a target
 */
public record ComparedNumber(
        Quantity quantity, double first, double second, Optional<Interval> difference, Optional<Double> secondBetter) {

    /** Returns the difference of the sessions themselves. */
    public double meanDifference() {
        return second - first;
    }

    /** Returns the fields of the JSON; one that is not finite is null. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("first", finite(first));
        json.put("second", finite(second));
        json.put("difference", finite(meanDifference()));
        json.put(
                "difference_low",
                difference.map(Interval::low).map(ComparedNumber::finite).orElse(null));
        json.put(
                "difference_high",
                difference.map(Interval::high).map(ComparedNumber::finite).orElse(null));
        json.put("second_better", secondBetter.orElse(null));
        return json;
    }

    private static Double finite(double number) {
        return Double.isFinite(number) ? number : null;
    }
}
