package io.heimdall.app.jobs;

import io.heimdall.files.Attempts;
import io.heimdall.files.Backoff;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * The database of jobs, with the tables that {@link JobTable}, {@link JobClaims} and {@link OpenJobs} read and write.
 *
 * <p>Each call has a connection of its own, and each statement a time limit. Thread-safe.
 */
final class JobDatabase {
    private static final int LIMIT_SECONDS = 30;
    private static final Backoff TRIES = Backoff.counted(6, Duration.ofMillis(500), Duration.ofSeconds(8));
    /** Classes of the SQL standard's states: data, constraint, authorisation, statement. */
    private static final List<String> REFUSED = List.of("22", "23", "28", "42");

    private static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS heimdall_training_job (
                id VARCHAR(36) PRIMARY KEY, status VARCHAR(12) NOT NULL, settings TEXT NOT NULL,
                submitted BIGINT NOT NULL, started BIGINT, ended BIGINT,
                attempts INTEGER NOT NULL, faults INTEGER NOT NULL, worker TEXT, beat BIGINT NOT NULL,
                cancel_requested INTEGER NOT NULL, progress TEXT NOT NULL, run_id TEXT, result TEXT, error TEXT,
                revision BIGINT NOT NULL, dispatch VARCHAR(36) NOT NULL, due BIGINT NOT NULL,
                idempotency_key VARCHAR(255) UNIQUE)""", """
            CREATE INDEX IF NOT EXISTS heimdall_training_job_latest ON heimdall_training_job (submitted, id)""", """
            CREATE TABLE IF NOT EXISTS heimdall_training_epoch (
                job_id VARCHAR(36) NOT NULL, epoch INTEGER NOT NULL, training_loss DOUBLE PRECISION,
                validation_nll DOUBLE PRECISION, learning_rate DOUBLE PRECISION, seconds DOUBLE PRECISION,
                PRIMARY KEY (job_id, epoch))""", """
            CREATE TABLE IF NOT EXISTS heimdall_sweep (
                name VARCHAR(100) PRIMARY KEY, id VARCHAR(36) NOT NULL, submitted BIGINT NOT NULL,
                settings TEXT NOT NULL, space TEXT NOT NULL, train_final INTEGER NOT NULL,
                journal TEXT NOT NULL, revision BIGINT NOT NULL)""", """
            CREATE TABLE IF NOT EXISTS heimdall_sweep_part (
                job_id VARCHAR(36) PRIMARY KEY, sweep VARCHAR(100) NOT NULL, part INTEGER NOT NULL)""", """
            CREATE TABLE IF NOT EXISTS heimdall_sweep_trial (
                sweep VARCHAR(100) NOT NULL, trial INTEGER NOT NULL, job_id VARCHAR(36) NOT NULL,
                attempts INTEGER NOT NULL, PRIMARY KEY (sweep, trial))""");

    private final Jdbi jdbi;
    private final String name;

    private JobDatabase(Jdbi jdbi, String name) {
        this.jdbi = jdbi;
        this.name = name;
    }

    /**
     * Opens the database of a store, and makes the tables that are missing.
     *
     * @throws JobException if it cannot be used
     */
    static JobDatabase open(JobStore store) {
        Jdbi jdbi = Jdbi.create(store.database());
        jdbi.getConfig(SqlStatements.class).setQueryTimeout(LIMIT_SECONDS);
        JobDatabase database = new JobDatabase(jdbi, store.name());
        try {
            database.makeTables();
        } catch (JobException e) { // PostgreSQL: two processes that make them at the same time
            database.makeTables();
        }
        return database;
    }

    private void makeTables() {
        transaction(handle -> {
            TABLES.forEach(handle::execute);
            return null;
        });
    }

    /** Returns its name for messages, without credentials. */
    String name() {
        return name;
    }

    /** Returns what the work returns, each of its statements by itself. */
    <T> T with(HandleCallback<T, RuntimeException> work) {
        try {
            return jdbi.withHandle(work);
        } catch (JdbiException e) {
            throw fault(e);
        }
    }

    /** Returns what the work returns, done as a whole or not at all. */
    <T> T transaction(HandleCallback<T, RuntimeException> work) {
        return with(handle -> handle.inTransaction(work));
    }

    /**
     * Returns what the work returns, which may be done twice: it is tried again while the database is away for some seconds.
     *
     * @param failed is told of each failure
     * @throws JobException if it is away for longer, or refuses the work
     */
    static <T> T lasting(Supplier<T> work, Consumer<JobException> failed) {
        for (Attempts attempts = new Attempts(TRIES); ; ) {
            try {
                return work.get();
            } catch (JobException e) {
                failed.accept(e);
                if (!e.mayPassLater() || !attempts.again()) {
                    throw e;
                }
            }
        }
    }

    /** Returns a fault without the statement and its values, which JDBI's message has. */
    private JobException fault(JdbiException e) {
        Throwable cause = e;
        while (!(cause instanceof SQLException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = "the database of jobs, " + name + ", failed: " + cause.getMessage();
        return new JobException(name, message, cause, mayPass(cause));
    }

    /** A statement, a value or a login that the database refuses is refused again; all else may be a matter of the moment. */
    private static boolean mayPass(Throwable cause) {
        String state = cause instanceof SQLException fault ? fault.getSQLState() : null;
        return state == null || REFUSED.stream().noneMatch(state::startsWith);
    }

    /** Returns the time in the unit of the tables. */
    static long now() {
        return System.currentTimeMillis();
    }
}
