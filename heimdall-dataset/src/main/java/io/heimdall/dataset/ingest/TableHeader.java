package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The first row of a table of sessions. Case does not count in it, and blanks and hyphens are underscores.
 *
 * @param places of the columns that are read
 * @param width how many columns the table has
 * @param warnings of columns that are not
 */
record TableHeader(Map<Column, Integer> places, int width, List<RowWarning> warnings) {
    private static final Map<String, Column> COLUMNS =
            Stream.of(Column.values()).collect(Collectors.toMap(Column::title, Function.identity()));
    private static final int MAX_TYPING_ERRORS = 2;

    /**
     * Finds the columns.
     *
     * @param needed must be there
     * @throws DatasetException if one is missing, there twice, or seems to be misspelt; all of them are named
     */
    static TableHeader of(Path file, TableFile.Row row, Set<Column> needed) {
        List<String> titles = row.cells().stream().map(TableHeader::normal).toList();
        if (titles.stream().noneMatch(COLUMNS::containsKey)) {
            throw new DatasetException(
                    file + ": line " + row.line() + " is no header; expected the columns " + Column.titles());
        }
        Map<Column, Integer> places = new EnumMap<>(Column.class);
        Set<String> twice = new LinkedHashSet<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (int i = 0; i < titles.size(); i++) {
            Column column = COLUMNS.get(titles.get(i));
            if (column != null && places.putIfAbsent(column, i) != null) {
                twice.add(column.title());
            } else if (column == null && !titles.get(i).isEmpty()) {
                unknown.add(row.cells().get(i));
            }
        }
        refuse(file, places.keySet(), needed, twice, unknown);
        return new TableHeader(places, titles.size(), unread(row.line(), unknown));
    }

    private static String normal(String title) {
        return title.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
    }

    private static void refuse(
            Path file, Set<Column> found, Set<Column> needed, Set<String> twice, Set<String> unknown) {
        EnumSet<Column> absent = EnumSet.allOf(Column.class);
        absent.removeAll(found);
        EnumSet<Column> missing = EnumSet.copyOf(needed);
        missing.retainAll(absent);
        if (!absent.containsAll(Column.RECEIVED)) {
            missing.removeAll(Column.RECEIVED);
        }
        List<String> misspelt = new ArrayList<>();
        for (String title : unknown) {
            meant(normal(title), absent).ifPresent(column -> {
                missing.remove(column);
                misspelt.add("column '" + title + "' is unknown (is " + column.title() + " meant?)");
            });
        }
        List<String> faults = new ArrayList<>();
        add(faults, "missing", missing.stream().map(Column::title).toList());
        add(faults, "there twice", twice);
        faults.addAll(misspelt);
        if (!faults.isEmpty()) {
            throw new DatasetException(file + ": " + String.join("; ", faults));
        }
    }

    private static void add(List<String> faults, String fault, Collection<String> titles) {
        if (!titles.isEmpty()) {
            faults.add((titles.size() == 1 ? "column '" : "columns '")
                    + String.join("', '", titles)
                    + (titles.size() == 1 ? "' is " : "' are ")
                    + fault);
        }
    }

    /** Returns the column that an unknown title may be meant to be: misspelt, or a part of its name. */
    private static Optional<Column> meant(String title, Set<Column> absent) {
        return absent.stream()
                .filter(column -> Spelling.edits(title, column.title()) <= MAX_TYPING_ERRORS
                        || (title.length() > MAX_TYPING_ERRORS && column.title().contains(title))
                        || title.contains(column.title()))
                .findFirst();
    }

    private static List<RowWarning> unread(long line, Set<String> unknown) {
        return unknown.stream()
                .map(title -> new RowWarning(line, "", "", title, "", "column '" + title + "' is unknown and not read"))
                .toList();
    }

    /** Returns the values of a row; those that are missing at its end are not there. */
    Map<Column, String> values(List<String> cells) {
        Map<Column, String> values = new EnumMap<>(Column.class);
        places.forEach((column, place) -> values.put(column, place < cells.size() ? cells.get(place) : ""));
        return values;
    }
}
