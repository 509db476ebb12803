package io.heimdall.dataset.ingest;

/** Receives the progress of reading a table, on the thread that reads. */
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
