package io.heimdall.app.jobs;

import io.heimdall.pipeline.training.TrainingSettings;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;

/**
 * The project's own table of jobs: what each is, how far, and how it ended.
 *
 * <p>Who works on a job holds a claim, numbered by attempt. Whatever a claim writes is written only while the job is running and
 * that attempt is the newest, so that a job ends once whatever the queue does.
 */
final class JobTable {
    /** A worker that has not been heard of for so long may be taken for dead. */
    static final Duration SILENCE = Duration.ofSeconds(12);

    private static final String JOBS = "heimdall_training_job";
    private static final String EPOCHS = "heimdall_training_epoch";
    private static final String MINE = " WHERE id = ? AND attempts = ? AND status = 'RUNNING'";
    private static final String ABANDONED =
            " WHERE id = ? AND dispatch = ? AND status IN ('QUEUED', 'RUNNING') AND beat < ?";
    /**
     * What a worker that died leaves behind, set by who takes its job. Before the job has a run its death is a fault; with a run it
     * is written down in the run's folder.
     */
    private static final String DIED =
            "faults = faults + CASE WHEN status = 'RUNNING' AND run_id IS NULL THEN 1 ELSE 0 END,"
                    + " error = CASE WHEN status = 'RUNNING' THEN 'its worker ' || worker || ' died' ELSE error END";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS " + JOBS + " (id VARCHAR(36) PRIMARY KEY, status VARCHAR(12) NOT NULL,"
                    + " settings TEXT NOT NULL, submitted BIGINT NOT NULL, started BIGINT, ended BIGINT,"
                    + " attempts INTEGER NOT NULL, faults INTEGER NOT NULL, worker TEXT, beat BIGINT NOT NULL,"
                    + " cancel_requested INTEGER NOT NULL, progress TEXT NOT NULL, run_id TEXT, result TEXT, error TEXT,"
                    + " revision BIGINT NOT NULL, dispatch VARCHAR(36) NOT NULL, due BIGINT NOT NULL,"
                    + " idempotency_key VARCHAR(255) UNIQUE)",
            "CREATE INDEX IF NOT EXISTS " + JOBS + "_latest ON " + JOBS + " (submitted, id)",
            "CREATE TABLE IF NOT EXISTS " + EPOCHS + " (job_id VARCHAR(36) NOT NULL, epoch INTEGER NOT NULL,"
                    + " training_loss DOUBLE PRECISION, validation_nll DOUBLE PRECISION,"
                    + " learning_rate DOUBLE PRECISION, seconds DOUBLE PRECISION, PRIMARY KEY (job_id, epoch))");

    private final JobDatabase database;

    private JobTable(JobDatabase database) {
        this.database = database;
    }

    /** Opens the table and makes it where it is missing. */
    static JobTable in(JobStore store) {
        JobDatabase database = new JobDatabase(store.database(), store.name());
        try {
            database.define(TABLES);
        } catch (JobException e) { // PostgreSQL: two processes that make it at the same time
            database.define(TABLES);
        }
        return new JobTable(database);
    }

    /**
     * What a worker holds while it works on a job.
     *
     * @param job as it was taken
     * @param faults of former attempts; a worker that died before the job had a run is one
     */
    record Claim(TrainingJob job, int faults) {}

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
     * What waits to be handed out, or was being worked on.
     *
     * @param id of the job
     * @param dispatch that it is handed out by
     * @param attempts so far
     * @param worker that had it last; empty where none had
     * @param progress when it was last heard of
     */
    record Open(String id, UUID dispatch, int attempts, Optional<String> worker, JobProgress progress) {}

    /** Adds a job; where there is one of the same key, returns that instead. */
    Submission add(TrainingSettings settings, UUID dispatch, Optional<String> key) {
        String id = UUID.randomUUID().toString();
        long now = now();
        return database.transaction(connection -> {
            int added = JobDatabase.update(
                    connection,
                    "INSERT INTO " + JOBS
                            + " (id, status, settings, submitted, attempts, faults, beat, cancel_requested,"
                            + " progress, revision, dispatch, due, idempotency_key)"
                            + " VALUES (?, 'QUEUED', ?, ?, 0, 0, 0, 0, ?, 1, ?, ?, ?) ON CONFLICT DO NOTHING",
                    id,
                    SettingsJson.write(settings).toString(),
                    now,
                    JobJson.write(JobProgress.NONE),
                    dispatch.toString(),
                    now,
                    key.orElse(null));
            String where = added == 1 ? "id = ?" : "idempotency_key = ?";
            TrainingJob job = JobDatabase.query(
                            connection,
                            "SELECT * FROM " + JOBS + " WHERE " + where,
                            JobTable::job,
                            added == 1 ? id : key.orElseThrow())
                    .get(0);
            return new Submission(job, added == 1);
        });
    }

    Optional<TrainingJob> find(String id) {
        return database.query("SELECT * FROM " + JOBS + " WHERE id = ?", JobTable::job, id).stream()
                .findFirst();
    }

    JobPage page(int limit, int offset) {
        return database.transaction(connection -> new JobPage(
                JobDatabase.query(
                        connection,
                        "SELECT * FROM " + JOBS + " ORDER BY submitted DESC, id LIMIT ? OFFSET ?",
                        JobTable::job,
                        limit,
                        offset),
                JobDatabase.query(connection, "SELECT count(*) FROM " + JOBS, row -> row.getLong(1))
                        .get(0)));
    }

    Map<JobStatus, Long> count() {
        return database
                .query(
                        "SELECT status, count(*) FROM " + JOBS + " GROUP BY status",
                        row -> Map.entry(JobStatus.valueOf(row.getString(1)), row.getLong(2)))
                .stream()
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /**
     * Takes a job for a worker.
     *
     * @return empty if it has ended, was handed out anew since, or its worker is still at it
     */
    Optional<Claim> claim(String id, UUID dispatch, String worker) {
        long now = now();
        return database.transaction(connection -> {
            int taken = JobDatabase.update(
                    connection,
                    "UPDATE " + JOBS + " SET " + DIED
                            + ", status = 'RUNNING', attempts = attempts + 1, worker = ?, beat = ?,"
                            + " started = COALESCE(started, ?), revision = revision + 1 WHERE id = ? AND dispatch = ?"
                            + " AND (status = 'QUEUED' OR (status = 'RUNNING' AND beat < ?))",
                    worker,
                    now,
                    now,
                    id,
                    dispatch.toString(),
                    now - SILENCE.toMillis());
            return taken == 0
                    ? Optional.empty()
                    : JobDatabase.query(
                                    connection,
                                    "SELECT * FROM " + JOBS + " WHERE id = ?",
                                    row -> new Claim(job(row), row.getInt("faults")),
                                    id)
                            .stream()
                            .findFirst();
        });
    }

    /** Returns whether a worker that has lately been heard of is at the job, handed out by this dispatch. */
    boolean alive(String id, UUID dispatch) {
        return !database.query(
                        "SELECT 1 FROM " + JOBS + " WHERE id = ? AND dispatch = ? AND status = 'RUNNING' AND beat >= ?",
                        row -> 1,
                        id,
                        dispatch.toString(),
                        now() - SILENCE.toMillis())
                .isEmpty();
    }

    /** Reports that the claim's worker lives, and how far it is. */
    Answer report(Claim claim, JobProgress progress) {
        return database.transaction(connection -> {
            int reported = JobDatabase.update(
                    connection,
                    "UPDATE " + JOBS
                            + " SET beat = ?, revision = CASE WHEN progress = ? THEN revision ELSE revision + 1 END,"
                            + " progress = ?" + MINE,
                    now(),
                    JobJson.write(progress),
                    JobJson.write(progress),
                    claim.job().id(),
                    claim.job().attempts());
            return reported == 0
                    ? Answer.LOST
                    : cancelRequested(connection, claim.job().id());
        });
    }

    private static Answer cancelRequested(Connection connection, String id) throws SQLException {
        int asked = JobDatabase.query(
                        connection, "SELECT cancel_requested FROM " + JOBS + " WHERE id = ?", row -> row.getInt(1), id)
                .get(0);
        return asked == 0 ? Answer.GO_ON : Answer.CANCEL;
    }

    /** Remembers the run of a claim's job, so that the next attempt goes on with it. */
    boolean run(Claim claim, String runId) {
        return 1
                == database.update(
                        "UPDATE " + JOBS + " SET run_id = ?, revision = revision + 1" + MINE,
                        runId,
                        claim.job().id(),
                        claim.job().attempts());
    }

    void epoch(Claim claim, EpochPoint point) {
        database.update(
                "INSERT INTO " + EPOCHS + " (job_id, epoch, training_loss, validation_nll, learning_rate, seconds)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (job_id, epoch) DO UPDATE SET"
                        + " training_loss = excluded.training_loss, validation_nll = excluded.validation_nll,"
                        + " learning_rate = excluded.learning_rate, seconds = excluded.seconds",
                claim.job().id(),
                point.epoch(),
                point.trainingLoss(),
                point.validationNll().isPresent() ? point.validationNll().getAsDouble() : null,
                point.learningRate(),
                point.seconds());
    }

    List<EpochPoint> curve(String id) {
        return database.query(
                "SELECT * FROM " + EPOCHS + " WHERE job_id = ? ORDER BY epoch",
                row -> {
                    double validation = row.getDouble("validation_nll");
                    return new EpochPoint(
                            row.getInt("epoch"),
                            row.getDouble("training_loss"),
                            row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(validation),
                            row.getDouble("learning_rate"),
                            row.getDouble("seconds"));
                },
                id);
    }

    /** Ends a claim's job. */
    boolean end(Claim claim, JobStatus status, JobProgress progress, Optional<String> result, Optional<String> error) {
        return 1
                == database.update(
                        "UPDATE " + JOBS + " SET status = ?, ended = ?, progress = ?, result = ?, error = ?,"
                                + " revision = revision + 1" + MINE,
                        status.name(),
                        now(),
                        JobJson.write(progress),
                        result.orElse(null),
                        error.orElse(null),
                        claim.job().id(),
                        claim.job().attempts());
    }

    /** Puts a claim's job back for another attempt, handed out by another dispatch. */
    boolean putBack(Claim claim, UUID dispatch, Instant due, Optional<String> fault) {
        return 1
                == database.update(
                        "UPDATE " + JOBS + " SET status = 'QUEUED', dispatch = ?, due = ?, faults = faults + ?,"
                                + " error = ?, revision = revision + 1" + MINE,
                        dispatch.toString(),
                        due.toEpochMilli(),
                        fault.isPresent() ? 1 : 0,
                        fault.orElse(null),
                        claim.job().id(),
                        claim.job().attempts());
    }

    /** Cancels at once what no living worker has, and asks the worker otherwise. */
    void cancel(String id) {
        long now = now();
        database.transaction(connection -> {
            JobDatabase.update(
                    connection,
                    "UPDATE " + JOBS + " SET status = 'CANCELLED', ended = ?, cancel_requested = 1,"
                            + " revision = revision + 1 WHERE id = ?"
                            + " AND (status = 'QUEUED' OR (status = 'RUNNING' AND beat < ?))",
                    now,
                    id,
                    now - SILENCE.toMillis() / 3);
            return JobDatabase.update(
                    connection,
                    "UPDATE " + JOBS + " SET cancel_requested = 1, revision = revision + 1"
                            + " WHERE id = ? AND status = 'RUNNING' AND cancel_requested = 0",
                    id);
        });
    }

    /** Returns what has not ended, was due some time ago, and has no worker that was heard of lately. */
    List<Open> open(Duration ago) {
        long now = now();
        return database.query(
                "SELECT id, dispatch, attempts, worker, progress FROM " + JOBS
                        + " WHERE status IN ('QUEUED', 'RUNNING') AND due <= ? AND beat < ?",
                row -> new Open(
                        row.getString(1),
                        UUID.fromString(row.getString(2)),
                        row.getInt(3),
                        Optional.ofNullable(row.getString(4)),
                        JobJson.progress(row.getString(5))),
                now - ago.toMillis(),
                now - SILENCE.toMillis());
    }

    /** Puts a job back whose dispatch came to nothing, for another one; returns whether nobody was faster. */
    boolean reopen(Open job, UUID dispatch) {
        return 1
                == database.update(
                        "UPDATE " + JOBS + " SET " + DIED + ", status = 'QUEUED', dispatch = ?, due = ?,"
                                + " revision = revision + 1" + ABANDONED,
                        dispatch.toString(),
                        now(),
                        job.id(),
                        job.dispatch().toString(),
                        now() - SILENCE.toMillis());
    }

    /** Ends a job whose workers died too often. */
    void abandon(Open job, String error) {
        database.update(
                "UPDATE " + JOBS + " SET status = 'FAILED', ended = ?, error = ?, revision = revision + 1" + ABANDONED,
                now(),
                error,
                job.id(),
                job.dispatch().toString(),
                now() - SILENCE.toMillis());
    }

    private static TrainingJob job(ResultSet row) throws SQLException {
        return new TrainingJob(
                row.getString("id"),
                JobStatus.valueOf(row.getString("status")),
                SettingsJson.parse(row.getString("settings")),
                Instant.ofEpochMilli(row.getLong("submitted")),
                instant(row, "started"),
                instant(row, "ended"),
                row.getInt("attempts"),
                row.getInt("cancel_requested") == 1,
                JobJson.progress(row.getString("progress")),
                Optional.ofNullable(row.getString("run_id")),
                Optional.ofNullable(row.getString("result")).map(JobJson::result),
                Optional.ofNullable(row.getString("error")),
                row.getLong("revision"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static long now() {
        return System.currentTimeMillis();
    }
}
