package io.heimdall.tracking.sync;

/** Hears how far a store has been sent. */
public interface SyncListener {
    /** One that does nothing. */
    SyncListener SILENT = (done, total, what) -> {};

    /**
     * Tells that something was sent, was there already or has failed.
     *
     * @param done runs and versions dealt with, 1..total
     * @param total runs and versions in the store
     * @param what the id of a run, or a model and version
     */
    void advanced(int done, int total, String what);
}
