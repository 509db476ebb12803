package io.heimdall.dataset.ingest;

/** Hears how far the reading of a table is; called on the thread that asked for it. */
@FunctionalInterface
public interface RowProgress {

    /** Listens to nothing. */
    RowProgress NONE = (done, total) -> {};

    /**
     * Tells that some more rows are done.
     *
     * @param done rows that are done, refused ones too; never falls
     * @param total all rows of the table
     */
    void rows(int done, int total);
}
