package io.heimdall.app.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The table of jobs, as the sweeper sees it: what waits too long, or has lost its worker. */
record OpenJobs(JobDatabase database) {

    /**
     * A job that waits to be handed out, or was being worked on.
     *
     * @param id of the job
     * @param dispatch that it is handed out by
     * @param attempts so far
     * @param worker that had it last; empty where none had
     * @param progress when it was last heard of
     */
    record Open(String id, UUID dispatch, int attempts, Optional<String> worker, JobProgress progress) {}

    /** Returns what has not ended, was due some time ago, and has no worker that was heard of lately. */
    List<Open> due(Duration ago) {
        long now = JobDatabase.now();
        return database.with(handle -> handle.createQuery("""
                        SELECT id, dispatch, attempts, worker, progress FROM heimdall_training_job
                         WHERE status IN ('QUEUED', 'RUNNING') AND due <= :due AND beat < :silent""")
                .bind("due", now - ago.toMillis())
                .bind("silent", now - JobClaims.SILENCE.toMillis())
                .map(row -> new Open(
                        row.getColumn("id", String.class),
                        UUID.fromString(row.getColumn("dispatch", String.class)),
                        row.getColumn("attempts", Integer.class),
                        JobRows.optional(row, "worker", String.class),
                        JobJson.progress(row.getColumn("progress", String.class))))
                .list());
    }

    /** Puts a job back whose dispatch came to nothing, for another one; returns whether nobody was faster. */
    boolean reopen(Open job, UUID next) {
        return database.with(handle -> 1
                == abandoned(handle, job, JobClaims.DIED + """
                                , status = 'QUEUED', dispatch = :next, due = :now, revision = revision + 1""")
                        .bind("next", next.toString())
                        .execute());
    }

    /** Ends a job whose workers died too often. */
    void abandon(Open job, String error) {
        database.with(handle -> abandoned(handle, job, """
                        status = 'FAILED', ended = :now, error = :error, revision = revision + 1""").bind("error", error).execute());
    }

    /** Returns an update of a job, which changes nothing once somebody has it. */
    private static Update abandoned(Handle handle, Open job, String changes) {
        long now = JobDatabase.now();
        return handle.createUpdate("UPDATE heimdall_training_job SET " + changes + """

                         WHERE id = :id AND dispatch = :dispatch AND status IN ('QUEUED', 'RUNNING') AND beat < :silent""")
                .bind("id", job.id())
                .bind("dispatch", job.dispatch().toString())
                .bind("now", now)
                .bind("silent", now - JobClaims.SILENCE.toMillis());
    }
}
