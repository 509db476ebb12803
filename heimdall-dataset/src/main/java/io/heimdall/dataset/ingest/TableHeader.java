package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The first row of a table of sessions. */
final class TableHeader {
    private static final Map<String, Column> COLUMNS =
            Stream.of(Column.values()).collect(Collectors.toMap(Column::title, Function.identity()));

    private TableHeader() {}

    /**
     * Returns the columns in the order of the file.
     *
     * @throws DatasetException if one is missing, unknown or there twice; all of them are named
     */
    static List<Column> of(Path file, List<String> titles) {
        List<String> missing = Arrays.stream(Column.values())
                .map(Column::title)
                .filter(title -> !titles.contains(title))
                .toList();
        List<String> unknown = titles.stream()
                .filter(title -> !COLUMNS.containsKey(title))
                .distinct()
                .toList();
        List<String> twice = titles.stream()
                .filter(title -> titles.indexOf(title) != titles.lastIndexOf(title) && !unknown.contains(title))
                .distinct()
                .toList();
        List<String> faults = new ArrayList<>();
        add(faults, "missing", missing);
        add(faults, "unknown", unknown);
        add(faults, "there twice", twice);
        if (!faults.isEmpty()) {
            boolean semicolons = titles.size() == 1 && titles.get(0).contains(";");
            throw new DatasetException(file + ": " + String.join("; ", faults)
                    + (semicolons ? " (commas separate them, not semicolons)" : "") + "; expected a header with "
                    + Column.titles());
        }
        return titles.stream().map(COLUMNS::get).toList();
    }

    private static void add(List<String> faults, String fault, List<String> titles) {
        if (!titles.isEmpty()) {
            faults.add((titles.size() == 1 ? "column '" : "columns '")
                    + String.join("', '", titles)
                    + (titles.size() == 1 ? "' is " : "' are ")
                    + fault);
        }
    }
}
