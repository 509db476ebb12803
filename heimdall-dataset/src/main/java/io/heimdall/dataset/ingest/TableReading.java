package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.features.recording.Recordings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the rows of a table of sessions, once. */
final class TableReading {
    private final Path file;
    private final Path folder;
    private final Set<Column> needed;
    private final boolean sourceNeeded;
    private final RowAgreement agreement = new RowAgreement();
    private final List<SessionRow> rows = new ArrayList<>();
    private final List<RefusedRow> refused = new ArrayList<>();
    private final List<RowWarning> warnings = new ArrayList<>();
    private long headerLine;

    TableReading(Path file, Set<Column> needed) {
        this.file = file;
        this.folder = file.toAbsolutePath().getParent();
        this.needed = needed;
        this.sourceNeeded = needed.contains(Column.SOURCE_NAME);
    }

    /**
     * Reads all lines.
     *
     * @throws DatasetException if the file is no table of sessions
     */
    void read(TableFile lines) {
        TableFile.Row titles = lines.next()
                .orElseThrow(() ->
                        new DatasetException(file + " is empty; expected a table with the columns " + Column.titles()));
        TableHeader header = TableHeader.of(file, titles, needed);
        headerLine = titles.line();
        warnings.addAll(header.warnings());
        Cells.Syntax syntax = new Cells.Syntax(lines.decimalCommas(), Recordings.formats());
        for (Optional<TableFile.Row> next = lines.next(); next.isPresent(); next = lines.next()) {
            TableFile.Row row = next.get();
            add(row, header.width(), new Cells(row.line(), header.values(row.cells()), syntax));
        }
    }

    /** Returns the line of the column titles. */
    long headerLine() {
        return headerLine;
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

    private void add(TableFile.Row row, int width, Cells cells) {
        try {
            requireAsLongAsHeader(row.cells(), width);
            SessionRow read = row(row.line(), cells);
            agreement.add(read);
            rows.add(read);
            warnings.addAll(cells.warnings());
            agreement.sameRecording(read).ifPresent(warnings::add);
        } catch (IllegalArgumentException e) {
            refused.add(new RefusedRow(row.line(), cells.raw(Column.SESSION_ID), e.getMessage()));
        }
    }

    /** Spreadsheets write empty cells where a row had something once. */
    private static void requireAsLongAsHeader(List<String> cells, int width) {
        int length = cells.size();
        while (length > width && cells.get(length - 1).isEmpty()) {
            length--;
        }
        if (length != width) {
            throw new IllegalArgumentException("the row has " + length + " values, the header " + width + " columns");
        }
    }

    private SessionRow row(long line, Cells cells) {
        if (sourceNeeded) {
            cells.text(Column.SOURCE_NAME);
            cells.text(Column.SOURCE_LAT);
        }
        boolean approvalKnown = sourceNeeded || !cells.isEmpty(Column.APPROVED);
        SessionRow.Transmission session = new SessionRow.Transmission(
                cells.sessionId(),
                approvalKnown && cells.flag(Column.APPROVED),
                cells.raw(Column.SOURCE_NAME),
                cells.point(Column.SOURCE_LAT, Column.SOURCE_LON),
                cells.frequencyHz());
        Optional<GeoPoint> antenna = cells.point(Column.STATION_LAT, Column.STATION_LON);
        ReceivedCells received = new ReceivedCells(cells, folder);
        Optional<NamedRecording> recording = received.recording();
        if (recording.isEmpty()) {
            cells.text(Column.STATION_LAT); // which a recording may tell
        }
        return new SessionRow(
                line,
                session,
                cells.text(Column.STATION),
                antenna,
                recording,
                received.levelDb(),
                cells.startTime(),
                received.clockSigmaS(),
                received.bearing());
    }
}
