package io.heimdall.dataset.ingest;

import java.util.List;

/**
 * What an ingest did.
 *
 * @param added sessions that are new in the catalogue
 * @param updated sessions that were there and changed
 * @param unchanged sessions that were there just so
 * @param refused rows that could not be used, in the order of their lines
 */
public record IngestResult(int added, int updated, int unchanged, List<RefusedRow> refused) {

    /** Copies the list. */
    public IngestResult {
        refused = List.copyOf(refused);
    }

    /** Returns the sessions of the table that are in the catalogue now. */
    public int sessions() {
        return added + updated + unchanged;
    }
}
