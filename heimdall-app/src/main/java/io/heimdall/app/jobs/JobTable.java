package io.heimdall.app.jobs;

import io.heimdall.pipeline.training.TrainingSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The project's own table of jobs, as those see it who submit, watch and cancel: what each is, how far, and how it ended. It shows the jobs that
 * are trainings; those of sweeps are in {@link SweepTable}.
 */
record JobTable(JobDatabase database) {
    private static final String NO_PART = "id NOT IN (SELECT job_id FROM heimdall_sweep_part)";

    /** Adds a job; where there is one of the same key, returns that instead. */
    Submission add(TrainingSettings settings, UUID dispatch, Optional<String> key) {
        String id = UUID.randomUUID().toString();
        return database.transaction(handle -> {
            boolean added = insert(handle, id, settings, dispatch, key);
            String where = added ? "id = :value" : "idempotency_key = :value";
            TrainingJob job = handle.createQuery("SELECT * FROM heimdall_training_job WHERE " + where)
                    .bind("value", added ? id : key.orElseThrow())
                    .map(JobRows::job)
                    .first();
            return new Submission(job, added);
        });
    }

    static boolean insert(Handle handle, String id, TrainingSettings settings, UUID dispatch, Optional<String> key) {
        return 1
                == handle.createUpdate("""
                        INSERT INTO heimdall_training_job (id, status, settings, submitted, attempts, faults, beat,
                            cancel_requested, progress, revision, dispatch, due, idempotency_key)
                        VALUES (:id, 'QUEUED', :settings, :now, 0, 0, 0, 0, :progress, 1, :dispatch, :now, :key)
                        ON CONFLICT DO NOTHING""")
                        .bind("id", id)
                        .bind("settings", SettingsJson.write(settings).toString())
                        .bind("now", JobDatabase.now())
                        .bind("progress", JobJson.write(JobProgress.NONE))
                        .bind("dispatch", dispatch.toString())
                        .bind("key", key.orElse(null))
                        .execute();
    }

    Optional<TrainingJob> find(String id) {
        return database.with(
                handle -> handle.createQuery("SELECT * FROM heimdall_training_job WHERE id = :id AND " + NO_PART)
                        .bind("id", id)
                        .map(JobRows::job)
                        .findFirst());
    }

    JobPage page(int limit, int offset) {
        return database.transaction(handle -> new JobPage(
                handle.createQuery("""
                        SELECT * FROM heimdall_training_job WHERE %s
                         ORDER BY submitted DESC, id LIMIT :limit OFFSET :offset""".formatted(NO_PART))
                        .bind("limit", limit)
                        .bind("offset", offset)
                        .map(JobRows::job)
                        .list(),
                handle.createQuery("SELECT count(*) FROM heimdall_training_job WHERE " + NO_PART)
                        .mapTo(Long.class)
                        .one()));
    }

    Map<JobStatus, Long> count() {
        return database.with(handle -> handle.createQuery(
                        "SELECT status, count(*) AS jobs FROM heimdall_training_job WHERE " + NO_PART
                                + " GROUP BY status")
                .map(row -> Map.entry(
                        JobStatus.valueOf(row.getColumn("status", String.class)), row.getColumn("jobs", Long.class)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    List<EpochPoint> curve(String id) {
        return database.with(
                handle -> handle.createQuery("SELECT * FROM heimdall_training_epoch WHERE job_id = :id ORDER BY epoch")
                        .bind("id", id)
                        .map(JobRows::epoch)
                        .list());
    }

    /** Cancels at once what no living worker has, and asks the worker otherwise. */
    void cancel(String id) {
        long now = JobDatabase.now();
        database.transaction(handle -> {
            handle.createUpdate("""
                    UPDATE heimdall_training_job
                       SET status = 'CANCELLED', ended = :now, cancel_requested = 1, revision = revision + 1
                     WHERE id = :id AND (status = 'QUEUED' OR (status = 'RUNNING' AND beat < :silent))""")
                    .bind("now", now)
                    .bind("id", id)
                    .bind("silent", now - JobClaims.SILENCE.toMillis() / 3)
                    .execute();
            return handle.createUpdate("""
                    UPDATE heimdall_training_job SET cancel_requested = 1, revision = revision + 1
                     WHERE id = :id AND status = 'RUNNING' AND cancel_requested = 0""").bind("id", id).execute();
        });
    }
}
