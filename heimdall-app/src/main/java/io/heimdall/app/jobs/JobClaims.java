package io.heimdall.app.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;

/**
 * The table of jobs, as workers see it.
 *
 * <p>Who works on a job holds a claim, numbered by attempt. Whatever a claim writes is written only while the job is running and
 * that attempt is the newest, so that a job ends once whatever the queue does.
 */
record JobClaims(JobDatabase database) {
    /** A worker that has not been heard of for so long may be taken for dead. */
    static final Duration SILENCE = Duration.ofSeconds(12);

    /**
     * What a worker that died leaves behind, set by who takes its job. Before the job has a run its death is a fault; with a run it
     * is written down in the run's folder.
     */
    static final String DIED = """
            faults = faults + CASE WHEN status = 'RUNNING' AND run_id IS NULL THEN 1 ELSE 0 END,
            error = CASE WHEN status = 'RUNNING' THEN 'its worker ' || worker || ' died' ELSE error END""";

    /** The condition on the row of a claim's job, with {@link Claim#bindTo}. */
    static final String MINE = " WHERE id = :id AND attempts = :attempts AND status = 'RUNNING'";

    /**
     * What a worker holds while it works on a job.
     *
     * @param job as it was taken
     * @param faults of former attempts; a worker that died before the job had a run is one
     */
    record Claim(TrainingJob job, int faults) {
        /** Binds {@code :id} and {@code :attempts} of a statement. */
        <S extends SqlStatement<S>> S bindTo(S statement) {
            return statement.bind("id", job.id()).bind("attempts", job.attempts());
        }
    }

    /** What the table says to a worker that reports. */
    enum Answer {
        /** Go on. */
        GO_ON,
        /** Somebody wants the job to end. */
        CANCEL,
        /** Another attempt has begun, or the job has ended. */
        LOST
    }

    /**
     * Takes a job for a worker.
     *
     * @return empty if it has ended, was handed out anew since, or its worker is still at it
     */
    Optional<Claim> claim(String id, UUID dispatch, String worker) {
        long now = JobDatabase.now();
        return database.transaction(handle -> {
            int taken = handle.createUpdate("UPDATE heimdall_training_job SET " + DIED + """
                            , status = 'RUNNING', attempts = attempts + 1, worker = :worker, beat = :now,
                            started = COALESCE(started, :now), revision = revision + 1
                     WHERE id = :id AND dispatch = :dispatch
                       AND (status = 'QUEUED' OR (status = 'RUNNING' AND beat < :silent))""")
                    .bind("worker", worker)
                    .bind("now", now)
                    .bind("id", id)
                    .bind("dispatch", dispatch.toString())
                    .bind("silent", now - SILENCE.toMillis())
                    .execute();
            return taken == 0 ? Optional.empty() : Optional.of(claimed(handle, id));
        });
    }

    private static Claim claimed(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM heimdall_training_job WHERE id = :id")
                .bind("id", id)
                .map(row -> new Claim(JobRows.job(row), row.getColumn("faults", Integer.class)))
                .one();
    }

    /** Returns whether a worker that has lately been heard of is at the job, handed out by this dispatch. */
    boolean alive(String id, UUID dispatch) {
        return database.with(handle -> handle.createQuery("""
                        SELECT 1 FROM heimdall_training_job
                         WHERE id = :id AND dispatch = :dispatch AND status = 'RUNNING' AND beat >= :silent""")
                .bind("id", id)
                .bind("dispatch", dispatch.toString())
                .bind("silent", JobDatabase.now() - SILENCE.toMillis())
                .mapTo(Integer.class)
                .findFirst()
                .isPresent());
    }

    /** Reports that the claim's worker lives, and how far it is. */
    Answer report(Claim claim, JobProgress progress) {
        return database.transaction(handle -> {
            int reported = mine(handle, claim, """
                            beat = :now, revision = CASE WHEN progress = :progress THEN revision ELSE revision + 1 END,
                            progress = :progress""")
                    .bind("now", JobDatabase.now())
                    .bind("progress", JobJson.write(progress))
                    .execute();
            return reported == 0
                    ? Answer.LOST
                    : cancelRequested(handle, claim.job().id());
        });
    }

    private static Answer cancelRequested(Handle handle, String id) {
        int asked = handle.createQuery("SELECT cancel_requested FROM heimdall_training_job WHERE id = :id")
                .bind("id", id)
                .mapTo(Integer.class)
                .one();
        return asked == 0 ? Answer.GO_ON : Answer.CANCEL;
    }

    /** Remembers the run of a claim's job, so that the next attempt goes on with it. */
    boolean run(Claim claim, String runId) {
        return database.with(handle -> 1
                == mine(handle, claim, "run_id = :run, revision = revision + 1")
                        .bind("run", runId)
                        .execute());
    }

    /** Keeps an epoch of a claim's job; the same epoch again takes its place. */
    void epoch(Claim claim, EpochPoint point) {
        database.with(handle -> handle.createUpdate("""
                        INSERT INTO heimdall_training_epoch
                            (job_id, epoch, training_loss, validation_nll, learning_rate, seconds)
                        VALUES (:job, :epoch, :trainingLoss, :validationNll, :learningRate, :seconds)
                        ON CONFLICT (job_id, epoch) DO UPDATE SET
                            training_loss = excluded.training_loss, validation_nll = excluded.validation_nll,
                            learning_rate = excluded.learning_rate, seconds = excluded.seconds""")
                .bind("job", claim.job().id())
                .bindMethods(point)
                .execute());
    }

    /** Ends a claim's job. */
    boolean end(Claim claim, JobStatus status, JobProgress progress, Optional<String> result, Optional<String> error) {
        return database.with(handle -> 1
                == mine(handle, claim, """
                                status = :status, ended = :now, progress = :progress, result = :result,
                                error = :error, revision = revision + 1""")
                        .bind("status", status.name())
                        .bind("now", JobDatabase.now())
                        .bind("progress", JobJson.write(progress))
                        .bind("result", result.orElse(null))
                        .bind("error", error.orElse(null))
                        .execute());
    }

    /** Puts a claim's job back for another attempt, handed out by another dispatch. */
    boolean putBack(Claim claim, UUID dispatch, Instant due, Optional<String> fault) {
        return database.with(handle -> 1
                == mine(handle, claim, """
                                status = 'QUEUED', dispatch = :dispatch, due = :due, faults = faults + :more,
                                error = :error, revision = revision + 1""")
                        .bind("dispatch", dispatch.toString())
                        .bind("due", due.toEpochMilli())
                        .bind("more", fault.isPresent() ? 1 : 0)
                        .bind("error", fault.orElse(null))
                        .execute());
    }

    /** Returns an update of a claim's job, which changes nothing once the claim is lost. */
    private static Update mine(Handle handle, Claim claim, String changes) {
        return claim.bindTo(handle.createUpdate("UPDATE heimdall_training_job SET " + changes + MINE));
    }
}
