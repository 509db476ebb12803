package io.heimdall.dataset.ingest;

import java.util.List;

/**
 * The result of an ingest.
 *
 * @param rows of the table, those that could not be used too
 * @param warned rows that are used and warned of
 * @param added sessions that are new in the catalogue
 * @param updated sessions that were there and changed
 * @param unchanged sessions that were there just so
 * @param refused rows that could not be used, in the order of their lines
 * @param warnings what is odd about the header and the others, in the order of their lines
 */
public record IngestResult(
        int rows,
        int warned,
        int added,
        int updated,
        int unchanged,
        List<RefusedRow> refused,
        List<RowWarning> warnings) {

    /** Copies the lists. */
    public IngestResult {
        refused = List.copyOf(refused);
        warnings = List.copyOf(warnings);
    }

    /** Returns the sessions of the table that are in the catalogue now. */
    public int sessions() {
        return added + updated + unchanged;
    }

    /** Returns the rows that are used. */
    public int taken() {
        return rows - refused.size();
    }

    /** Returns whether a session is in the catalogue, and not most rows were refused. */
    public boolean useful() {
        return sessions() > 0 && 2 * refused.size() <= rows;
    }
}
