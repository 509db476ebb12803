package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Station;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of sessions as it stands in its file: comma-separated, UTF-8, with a header, one row per session and station.
 *
 * @param rows that make sense and do not contradict an earlier one, in order
 * @param refused the others
 */
record SessionTable(List<SessionRow> rows, List<RefusedRow> refused) {
    /** Rows are held in memory; a table of a million of them is smaller. */
    private static final long MAX_BYTES = 1L << 29;

    private static final int BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Reads a table; the recordings are not looked at.
     *
     * @param file the table
     * @param sourceNeeded whether a row must tell its source's name and position
     * @throws DatasetException if the file is no such table at all
     */
    static SessionTable read(Path file, boolean sourceNeeded) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(file + (Files.exists(file) ? " is no plain file" : " is not there")
                    + "; expected a table with the columns " + Column.titles());
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new DatasetException(
                    file + " has " + Files.size(file) + " bytes, at most " + MAX_BYTES + " are read: split it");
        }
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .get();
        try (BufferedReader reader = reader(file);
                CSVParser parser = CSVParser.parse(reader, format)) {
            return read(file, sourceNeeded, parser);
        } catch (UncheckedIOException | CharacterCodingException e) {
            boolean coding = e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException;
            throw new DatasetException(
                    file
                            + (coding
                                    ? " is not text in UTF-8; save it as that"
                                    : " is not comma-separated text: "
                                            + e.getCause().getMessage()),
                    e);
        }
    }

    private static BufferedReader reader(Path file) throws IOException {
        BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        try {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return reader;
        } catch (IOException e) {
            reader.close();
            throw e;
        }
    }

    private static SessionTable read(Path file, boolean sourceNeeded, CSVParser parser) {
        Iterator<CSVRecord> records = parser.iterator();
        List<Column> header =
                TableHeader.of(file, records.hasNext() ? records.next().toList() : List.of());
        Path folder = file.toAbsolutePath().getParent();
        List<SessionRow> rows = new ArrayList<>();
        List<RefusedRow> refused = new ArrayList<>();
        RowAgreement agreement = new RowAgreement();
        for (long line = parser.getCurrentLineNumber() + 1; records.hasNext(); ) {
            CSVRecord record = records.next();
            if (!isBlank(record)) {
                Cells cells = cells(header, record);
                try {
                    requireAsLongAsHeader(record, header);
                    SessionRow row = row(line, cells, folder, sourceNeeded);
                    agreement.add(row);
                    rows.add(row);
                } catch (IllegalArgumentException e) {
                    refused.add(new RefusedRow(line, cells.values().get(Column.SESSION_ID), e.getMessage()));
                }
            }
            line = parser.getCurrentLineNumber() + 1;
        }
        return new SessionTable(rows, refused);
    }

    private static boolean isBlank(CSVRecord record) {
        return record.size() == 1 && record.get(0).isEmpty();
    }

    private static Cells cells(List<Column> header, CSVRecord record) {
        Map<Column, String> values = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            values.put(header.get(i), i < record.size() ? record.get(i) : "");
        }
        return new Cells(values);
    }

    private static void requireAsLongAsHeader(CSVRecord record, List<Column> header) {
        if (record.size() != header.size()) {
            throw new IllegalArgumentException(
                    "the row has " + record.size() + " values, the header " + header.size() + " columns");
        }
    }

    private static SessionRow row(long line, Cells cells, Path folder, boolean sourceNeeded) {
        if (sourceNeeded) {
            cells.text(Column.SOURCE_NAME);
            cells.text(Column.SOURCE_LAT);
        }
        SessionRow.Transmission session = new SessionRow.Transmission(
                cells.sessionId(),
                cells.flag(Column.APPROVED),
                cells.values().get(Column.SOURCE_NAME),
                cells.point(Column.SOURCE_LAT, Column.SOURCE_LON),
                cells.frequencyHz());
        cells.text(Column.STATION_LAT);
        GeoPoint antenna = cells.point(Column.STATION_LAT, Column.STATION_LON).orElseThrow();
        return new SessionRow(
                line,
                session,
                new Station(cells.text(Column.STATION), antenna),
                cells.recording(folder),
                cells.sampleRateHz(),
                cells.startTime(),
                cells.calibrationDb());
    }
}
