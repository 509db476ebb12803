package io.heimdall.app.command;

import io.heimdall.dataset.Causes;
import io.heimdall.dataset.ingest.RefusedRow;
import io.heimdall.dataset.ingest.RowWarning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Shows what was found about the rows of a table. */
final class RowNotes {

    private RowNotes() {}

    /** Prints the rows that could not be used and what is odd about the others: a line a cause, however many rows have it. */
    static void show(List<RefusedRow> refused, List<RowWarning> warnings, Output output) {
        for (List<RefusedRow> rows : Causes.groups(refused, RefusedRow::reason)) {
            output.note("Refused: " + rows.get(0) + others(rows, "line", RefusedRow::line));
        }
        for (List<RowWarning> rows : Causes.groups(warnings, RowWarning::message)) {
            output.note("Warning: " + rows.get(0)
                    + (rows.get(0).line() == 0
                            ? others(rows, "recording", RowWarning::file)
                            : others(rows, "line", RowWarning::line)));
        }
    }

    private static <T> String others(List<T> rows, String kind, Function<T, Object> name) {
        List<Object> others = rows.stream().skip(1).map(name).toList();
        return switch (others.size()) {
            case 0 -> "";
            case 1 -> " (likewise " + kind + " " + others.get(0) + ")";
            default -> " (likewise " + others.size() + " more: " + kind + "s " + Causes.named(others) + ")";
        };
    }

    /** Returns all warnings for a program; null is what a warning is not about. */
    static List<Map<String, Object>> json(List<RowWarning> warnings) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (RowWarning warning : warnings) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("line", warning.line() == 0 ? null : warning.line());
            json.put("file", nullable(warning.file()));
            json.put("column", nullable(warning.column()));
            json.put("value", nullable(warning.value()));
            json.put("message", warning.message());
            all.add(json);
        }
        return all;
    }

    private static String nullable(String text) {
        return text.isEmpty() ? null : text;
    }
}
