package io.heimdall.app.jobs;

import java.util.Locale;

/** The state of a job. */
public enum JobStatus {
    /** Waits for a worker, perhaps for another try. */
    QUEUED,
    /** A worker has it. */
    RUNNING,
    /** The model is registered. */
    SUCCEEDED,
    /** It cannot be done; the job's error says why. */
    FAILED,
    /** Somebody did not want it any more. */
    CANCELLED;

    /** Returns whether nothing will change any more. */
    public boolean ended() {
        return this != QUEUED && this != RUNNING;
    }

    /** Returns the status as it stands in JSON: {@code queued}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
