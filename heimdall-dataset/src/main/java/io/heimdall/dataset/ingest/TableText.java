package io.heimdall.dataset.ingest;

import io.heimdall.dataset.DatasetException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file of rows: UTF-8 or UTF-16, cells separated by commas, semicolons or tabs. Comments may stand above the
 * first row.
 *
 * @param reader stands before the first row
 * @param separator of cells; spreadsheets write semicolons where the country's numbers have decimal commas
 * @param linesBefore lines that stand before the first row
 */
record TableText(BufferedReader reader, char separator, int linesBefore) {
    /** Rows are held in memory; a table of a million of them is smaller. */
    private static final long MAX_BYTES = 1L << 29;

    /** A line that some spreadsheets write before the header. */
    private static final Pattern TOLD_SEPARATOR = Pattern.compile("(?i)sep=([,;\t])");

    private static final int MAX_HEADER_CHARACTERS = 1 << 16;
    private static final int BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Opens a file.
     *
     * @throws DatasetException if it is no such file; the message says what it is
     */
    static TableText open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DatasetException(file + (Files.exists(file) ? " is no plain file" : " is not there")
                    + "; expected a table with the columns " + Column.titles());
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new DatasetException(
                    file + " has " + Files.size(file) + " bytes, at most " + MAX_BYTES + " are read: split it");
        }
        BufferedReader reader = Files.newBufferedReader(file, charset(file));
        try {
            reader.mark(1);
            if (reader.read() != BYTE_ORDER_MARK) {
                reader.reset();
            }
            return of(reader);
        } catch (CharacterCodingException e) {
            reader.close();
            throw notUtf8(file, e);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static TableText of(BufferedReader reader) throws IOException {
        int comments = skipComments(reader);
        String first = firstLine(reader);
        Matcher told = TOLD_SEPARATOR.matcher(first);
        if (!told.matches()) {
            return new TableText(reader, separator(first), comments);
        }
        reader.readLine();
        return new TableText(reader, told.group(1).charAt(0), comments + 1);
    }

    /** Skips the lines at the top that begin with {@code #} and a blank; a column may have the title {@code #}. */
    private static int skipComments(BufferedReader reader) throws IOException {
        int lines = 0;
        while (beginsWithComment(reader)) {
            reader.readLine();
            lines++;
        }
        return lines;
    }

    private static boolean beginsWithComment(BufferedReader reader) throws IOException {
        reader.mark(2);
        boolean comment = reader.read() == '#' && " \t\r\n".indexOf(reader.read()) >= 0;
        reader.reset();
        return comment;
    }

    /** Returns UTF-8, or UTF-16 where the file begins with its byte order mark. */
    private static Charset charset(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(4);
        }
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.startsWith("\u00ff\u00fe") || start.startsWith("\u00fe\u00ff")) {
            return StandardCharsets.UTF_16;
        }
        String found = start.startsWith("PK\3\4") || start.equals("\u00d0\u00cf\u0011\u00e0")
                ? "a workbook of a spreadsheet"
                : start.startsWith("\u001f\u008b") ? "compressed" : "";
        if (!found.isEmpty()) {
            throw new DatasetException(file + " is " + found + ", not a table; save it as CSV in UTF-8");
        }
        return StandardCharsets.UTF_8;
    }

    /** Returns what to say where the text cannot be decoded. */
    static DatasetException notUtf8(Path file, Exception cause) {
        return new DatasetException(file + " is not text in UTF-8; save it as CSV in UTF-8", cause);
    }

    /** Returns the separator that a line has most of. */
    private static char separator(String line) {
        long commas = line.chars().filter(c -> c == ',').count();
        long semicolons = line.chars().filter(c -> c == ';').count();
        long tabs = line.chars().filter(c -> c == '\t').count();
        return semicolons > commas && semicolons >= tabs ? ';' : tabs > commas ? '\t' : ',';
    }

    /** Reads the first line that is not blank, and leaves the reader where it was. */
    private static String firstLine(BufferedReader reader) throws IOException {
        reader.mark(MAX_HEADER_CHARACTERS);
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c >= 0 && line.length() < MAX_HEADER_CHARACTERS - 1; c = reader.read()) {
            if ((c == '\n' || c == '\r') && !line.toString().isBlank()) {
                break;
            }
            line.append((char) c);
        }
        reader.reset();
        return line.toString();
    }
}
