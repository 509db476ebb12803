package io.heimdall.app.jobs;

import io.heimdall.app.jobs.JobClaims.Claim;
import io.heimdall.pipeline.sweep.JournalJson;
import io.heimdall.pipeline.sweep.SweepJournal;
import io.heimdall.pipeline.sweep.SweepState;
import java.io.Closeable;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.HandleCallback;

/**
 * The journal of a sweep in the database of jobs, as a claim of one of its jobs sees it. It is replaced as a whole, by whoever has seen the
 * newest revision. A trial is reserved for the claim, and by this for as long as the claim's heartbeat is heard.
 *
 * @param sweep its name
 * @param claim that works on it
 */
record TableJournal(JobDatabase database, String sweep, Claim claim) implements SweepJournal {
    private record Revision(long number, SweepState state) {}

    @Override
    public SweepState state() {
        return newest().state();
    }

    private Revision newest() {
        return lasting(handle -> handle.createQuery("SELECT journal, revision FROM heimdall_sweep WHERE name = :sweep")
                .bind("sweep", sweep)
                .map(row -> new Revision(
                        row.getColumn("revision", Long.class),
                        JournalJson.read(database.name(), row.getColumn("journal", String.class))))
                .one());
    }

    @Override
    public SweepState update(UnaryOperator<SweepState> change) {
        while (true) {
            Revision before = newest();
            SweepState changed = change.apply(before.state());
            if (changed.equals(before.state()) || write(before, changed)) {
                return changed;
            }
            if (!isMine()) {
                throw new CancellationException(
                        "another worker has taken the job " + claim.job().id());
            }
        }
    }

    /** A database that is away for some seconds is no fault of the job: each statement may be done twice. */
    private <T> T lasting(HandleCallback<T, RuntimeException> statement) {
        return JobDatabase.lasting(() -> database.with(statement), failed -> {});
    }

    private boolean write(Revision before, SweepState changed) {
        return lasting(handle -> 1
                == claim.bindTo(handle.createUpdate("""
                                UPDATE heimdall_sweep SET journal = :journal, revision = revision + 1
                                 WHERE name = :sweep AND revision = :revision
                                   AND EXISTS (SELECT 1 FROM heimdall_training_job""" + JobClaims.MINE + ")"))
                        .bind("journal", JournalJson.write(changed))
                        .bind("sweep", sweep)
                        .bind("revision", before.number())
                        .execute());
    }

    private boolean isMine() {
        return lasting(
                handle -> claim.bindTo(handle.createQuery("SELECT 1 FROM heimdall_training_job" + JobClaims.MINE))
                        .mapTo(Integer.class)
                        .findFirst()
                        .isPresent());
    }

    @Override
    public Optional<Closeable> reserve(int trial) {
        boolean reserved = lasting(handle -> 1
                == claim.bindTo(handle.createUpdate("""
                                INSERT INTO heimdall_sweep_trial (sweep, trial, job_id, attempts)
                                VALUES (:sweep, :trial, :id, :attempts)
                                ON CONFLICT (sweep, trial) DO UPDATE SET job_id = excluded.job_id, attempts = excluded.attempts
                                 WHERE (heimdall_sweep_trial.job_id = excluded.job_id
                                        AND heimdall_sweep_trial.attempts = excluded.attempts)
                                    OR NOT EXISTS (
                                    SELECT 1 FROM heimdall_training_job
                                     WHERE id = heimdall_sweep_trial.job_id
                                       AND attempts = heimdall_sweep_trial.attempts
                                       AND status = 'RUNNING' AND beat >= :silent)"""))
                        .bind("sweep", sweep)
                        .bind("trial", trial)
                        .bind("silent", JobDatabase.now() - JobClaims.SILENCE.toMillis())
                        .execute());
        return reserved ? Optional.of(() -> release(trial)) : Optional.empty();
    }

    private void release(int trial) {
        lasting(handle -> claim.bindTo(handle.createUpdate("""
                        DELETE FROM heimdall_sweep_trial
                         WHERE sweep = :sweep AND trial = :trial AND job_id = :id AND attempts = :attempts"""))
                .bind("sweep", sweep)
                .bind("trial", trial)
                .execute());
    }
}
