package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Station;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of sessions as it stands in its file: a header, and a row per session and station. No recording was looked at.
 */
public final class SessionTable {
    private final Path file;
    private final long headerLine;
    private final List<SessionRow> rows;
    private final List<RefusedRow> refused;
    private final List<RowWarning> warnings;

    SessionTable(
            Path file, long headerLine, List<SessionRow> rows, List<RefusedRow> refused, List<RowWarning> warnings) {
        this.file = file;
        this.headerLine = headerLine;
        this.rows = List.copyOf(rows);
        this.refused = List.copyOf(refused);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads a table of known sources.
     *
     * @param file the table
     * @throws DatasetException if the file is no such table, or has no row
     * @throws IOException if it cannot be read
     */
    public static SessionTable read(Path file) throws IOException {
        return read(file, Column.NEEDED);
    }

    /**
     * Reads a table.
     *
     * @param needed the columns that must be there; where the source's are not among them, it need not be known
     */
    static SessionTable read(Path file, Set<Column> needed) throws IOException {
        TableReading reading = new TableReading(file, needed);
        try (TableFile lines = TableFile.open(file)) {
            reading.read(lines);
        }
        SessionTable table =
                new SessionTable(file, reading.headerLine(), reading.rows(), reading.refused(), reading.warnings());
        if (table.size() == 0) {
            throw new DatasetException(file + " has a header but no row below it");
        }
        return table;
    }

    /** Returns how many rows the table has, those that are not used too. */
    public int size() {
        return rows.size() + refused.size();
    }

    /** Returns the rows that make sense and do not contradict an earlier one, in order. */
    List<SessionRow> rows() {
        return rows;
    }

    /** Returns the rows that make no sense, in order. */
    List<RefusedRow> refused() {
        return refused;
    }

    /** Returns what is odd about the header and the rows that make sense. */
    List<RowWarning> warnings() {
        return warnings;
    }

    /**
     * Returns this table with warnings of sources and stations that stand where they can hardly stand, and with the rows
     * refused whose station had no fix.
     *
     * @param known stations that the table may not have
     */
    SessionTable withPositionsChecked(Collection<Station> known) {
        List<RefusedRow> lost = MovingStations.withoutFix(rows, known);
        Set<Long> out = lost.stream().map(RefusedRow::line).collect(Collectors.toSet());
        List<SessionRow> located =
                rows.stream().filter(row -> !out.contains(row.line())).toList();
        List<RowWarning> all = new ArrayList<>(warnings);
        all.removeIf(warning -> out.contains(warning.line()));
        all.addAll(MovingStations.odd(located));
        all.addAll(Positions.odd(located, known));
        return new SessionTable(file, headerLine, located, joined(refused, lost), all);
    }

    /**
     * Returns this table with the rows refused that are warned of.
     *
     * @throws DatasetException if it is the header that is warned of
     */
    SessionTable withoutWarnedRows() {
        Map<Long, String> reasons = warnings.stream()
                .collect(Collectors.toMap(RowWarning::line, RowWarning::message, (one, two) -> one + "; " + two));
        if (reasons.containsKey(headerLine)) {
            throw new DatasetException(file + ": " + reasons.get(headerLine));
        }
        List<SessionRow> good = new ArrayList<>();
        List<RefusedRow> others = new ArrayList<>();
        for (SessionRow row : rows) {
            if (reasons.containsKey(row.line())) {
                others.add(row.refused(reasons.get(row.line())));
            } else {
                good.add(row);
            }
        }
        return new SessionTable(file, headerLine, good, joined(refused, others), List.of());
    }

    private static List<RefusedRow> joined(List<RefusedRow> some, List<RefusedRow> more) {
        return Stream.concat(some.stream(), more.stream())
                .sorted(Comparator.comparingLong(RefusedRow::line))
                .toList();
    }
}
