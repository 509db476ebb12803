package io.heimdall.dataset.ingest;

/**
 * A warning about a usable row of the table.
 *
 * @param line on which the row begins, from 1; 0 where a recording was given without a table
 * @param sessionId the row's session; empty where it is about the header
 * @param file the recording that it is about; empty where it is about the table alone
 * @param column the column's title; empty where it is about the recording alone
 * @param value that was found; empty where only the message has it
 * @param message names the column or the recording, the value, and the suspected mistake
 */
public record RowWarning(long line, String sessionId, String file, String column, String value, String message) {

    @Override
    public String toString() {
        return line == 0 ? message : "line " + line + ": " + message;
    }
}
