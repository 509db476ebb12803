package io.heimdall.pipeline.versions;

import io.heimdall.files.WholeFile;
import io.heimdall.pipeline.evaluation.Comparison;
import io.heimdall.pipeline.report.PageTemplate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the comparison of two models as one HTML file that needs nothing but a browser. */
public final class ComparisonPage {
    private static final Map<String, String> PARTS = Map.of(
            "stations", "number of stations",
            "distance", "distance to the nearest station",
            "place", "place");

    private ComparisonPage() {}

    /**
     * Writes the page, aside first and then renamed.
     *
     * @param file the file, replaced where there is one
     * @throws IOException if the file cannot be written; an older one then stays as it was
     */
    public static void write(Path file, ModelComparison comparison) throws IOException {
        Map<String, Object> values = new HashMap<>();
        values.put("first", comparison.first());
        values.put("second", comparison.second());
        values.put("sessions", comparison.sessions());
        values.put("groups", comparison.groups());
        values.put("leftOut", leftOut(comparison));
        values.put("notes", comparison.notes());
        values.put(
                "numbers",
                comparison.numbers().stream().map(ComparisonPage::number).toList());
        values.put(
                "parts",
                comparison.slices().entrySet().stream()
                        .map(part -> Map.of(
                                "title",
                                PARTS.get(part.getKey()),
                                "slices",
                                part.getValue().stream()
                                        .map(ComparisonPage::slice)
                                        .toList()))
                        .toList());
        values.put(
                "farthest",
                comparison.farthest().stream().map(ComparisonPage::difference).toList());
        WholeFile.write(file, PageTemplate.fill("/io/heimdall/pipeline/versions/comparison.html", values));
    }

    /** Returns what was not compared, a sentence for each reason. */
    public static List<String> leftOut(ModelComparison comparison) {
        return comparison.leftOut().entrySet().stream()
                .filter(reason -> reason.getValue() > 0)
                .sorted(Map.Entry.comparingByKey())
                .map(reason -> reason.getValue() + " sessions are left out: "
                        + (reason.getKey().equals(VersionComparison.LEARNED)
                                ? "one of the models may have learned from them."
                                : "one of the models cannot locate them."))
                .toList();
    }

    private static Map<String, Object> number(ComparedNumber number) {
        Map<String, Object> row = cells(number);
        row.put("title", number.quantity().title());
        row.put("better", number.secondBetter().map(Comparison::percent).orElse(""));
        return row;
    }

    private static Map<String, Object> slice(ComparedSlice slice) {
        Map<String, Object> row = cells(slice.median());
        row.put("name", slice.name());
        row.put("sessions", slice.sessions());
        row.put("nearer", slice.secondNearer());
        return row;
    }

    private static Map<String, Object> cells(ComparedNumber number) {
        Quantity quantity = number.quantity();
        Map<String, Object> cells = new HashMap<>();
        cells.put("first", quantity.text(number.first()));
        cells.put("second", quantity.text(number.second()));
        cells.put("difference", quantity.text(number.meanDifference()));
        cells.put(
                "interval",
                number.difference()
                        .map(ends -> quantity.text(ends.low()) + " to " + quantity.text(ends.high()))
                        .orElse(""));
        cells.put("verdict", verdict(number));
        return cells;
    }

    private static String verdict(ComparedNumber number) {
        if (!number.quantity().isLowerBetter() || number.difference().isEmpty()) {
            return "";
        }
        return number.difference().get().high() < 0
                ? "better"
                : number.difference().get().low() > 0 ? "worse" : "";
    }

    private static Map<String, Object> difference(ModelComparison.Difference difference) {
        return Map.of(
                "session", difference.session(),
                "stations", difference.stations(),
                "first", Quantity.ERROR_P50.text(difference.firstM()),
                "second", Quantity.ERROR_P50.text(difference.secondM()),
                "verdict", difference.secondM() < difference.firstM() ? "better" : "worse");
    }
}
