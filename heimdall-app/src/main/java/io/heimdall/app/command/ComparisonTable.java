package io.heimdall.app.command;

import io.heimdall.pipeline.evaluation.Comparison;
import io.heimdall.pipeline.versions.ComparedNumber;
import io.heimdall.pipeline.versions.ComparedSlice;
import io.heimdall.pipeline.versions.ComparisonPage;
import io.heimdall.pipeline.versions.ModelComparison;
import io.heimdall.pipeline.versions.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The comparison of two models as a table for people. At most 100 columns. */
final class ComparisonTable {
    private static final String ROW = "%-26s%12s%12s%11s  %-27s%s";
    private static final int NAME = 10;

    private ComparisonTable() {}

    static List<String> lines(ModelComparison comparison) {
        List<String> lines = new ArrayList<>();
        String first = shortened(comparison.first());
        String second = shortened(comparison.second());
        lines.add(line(
                comparison.sessions() + " sessions, " + comparison.groups() + " groups",
                first,
                second,
                "change",
                "90 %",
                second + " better"));
        comparison
                .numbers()
                .forEach(number -> lines.add(row(
                        number.quantity().title(),
                        number,
                        number.secondBetter().map(Comparison::percent).orElse(""))));
        comparison.slices().forEach((by, slices) -> {
            lines.add("");
            lines.add(line("Median error by " + by, first, second, "change", "90 %", second + " nearer"));
            slices.forEach(slice ->
                    lines.add(row(name(slice), slice.median(), slice.secondNearer() + " of " + slice.sessions())));
        });
        lines.add("");
        lines.addAll(ComparisonPage.leftOut(comparison));
        comparison.notes().forEach(note -> lines.add("Note: " + note + "."));
        return lines;
    }

    private static String name(ComparedSlice slice) {
        return "  " + slice.name();
    }

    private static String row(String name, ComparedNumber number, String last) {
        Quantity quantity = number.quantity();
        return line(
                name,
                quantity.text(number.first()),
                quantity.text(number.second()),
                quantity.text(number.meanDifference()),
                number.difference()
                        .map(ends -> quantity.text(ends.low()) + " to " + quantity.text(ends.high()))
                        .orElse(""),
                last);
    }

    /** The end of a long path tells more than its beginning. */
    private static String shortened(String title) {
        return title.length() <= NAME ? title : ".." + title.substring(title.length() - NAME + 2);
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, ROW, cells).stripTrailing();
    }
}
