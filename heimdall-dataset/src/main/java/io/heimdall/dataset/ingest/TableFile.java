package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The rows of a file as spreadsheets save them. For one thread.
 */
final class TableFile implements AutoCloseable {
    private final Path file;
    private final TableText text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;

    /**
     * A row that has a cell with something in it.
     *
     * @param line on which it begins, from 1
     * @param cells without the blanks around
     */
    record Row(long line, List<String> cells) {}

    private TableFile(Path file, TableText text) throws IOException {
        this.file = file;
        this.text = text;
        this.parser = CSVParser.parse(
                text.reader(),
                CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(text.separator())
                        .setIgnoreEmptyLines(false)
                        .setIgnoreSurroundingSpaces(true)
                        .get());
        this.records = parser.iterator();
    }

    /**
     * Opens a file.
     *
     * @throws DatasetException if it is no such file; the message says what it is
     */
    static TableFile open(Path file) throws IOException {
        return new TableFile(file, TableText.open(file));
    }

    /** Whether {@code 7,5} can be a number. */
    boolean decimalCommas() {
        return text.separator() != ',';
    }

    /**
     * Returns the next row; empty behind the last.
     *
     * @throws DatasetException if the rest cannot be taken apart
     */
    Optional<Row> next() {
        long line = nextLine();
        try {
            while (records.hasNext()) {
                List<String> cells = records.next().toList();
                if (cells.stream().anyMatch(cell -> !cell.isEmpty())) {
                    return Optional.of(new Row(line, cells));
                }
                line = nextLine();
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw TableText.notUtf8(file, e);
            }
            throw new DatasetException(
                    file + ": line " + line + " has a quotation mark that is not closed before a separator or the end"
                            + " of a line; inside of quoted text it is written twice",
                    e);
        }
    }

    private long nextLine() {
        return text.linesBefore() + parser.getCurrentLineNumber() + 1;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
