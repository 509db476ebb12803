package io.heimdall.dataset.ingest;

/**
 * A row of the table that could not be used.
 *
 * @param line on which it begins, from 1; the header is on the first
 * @param sessionId as the row has it; may be empty
 * @param reason names the column and value, or the recording and its fault, and the expected value
 */
public record RefusedRow(long line, String sessionId, String reason) {

    @Override
    public String toString() {
        return "line " + line + ": " + reason;
    }
}
