package io.heimdall.app.jobs;

import io.heimdall.dataset.SqliteDatabase;
import io.heimdall.servers.postgres.PostgresDatabase;
import io.heimdall.servers.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;

/**
 * The database that keeps jobs.
 *
 * @param database SQLite, or PostgreSQL for workers on several machines; its tables are made when they are missing
 * @param name for messages, without credentials
 */
public record JobStore(DataSource database, String name) {
    private static final String SCHEMA = "heimdall_jobs";

    /** Returns the embedded choice: the file {@code jobs.sqlite} of a workspace. */
    public static JobStore in(Path workspace) {
        Path file = workspace.resolve("jobs.sqlite");
        return new JobStore(SqliteDatabase.at(file), file.toString());
    }

    /**
     * Returns the schema {@code heimdall_jobs} of the database that the environment names, and the embedded choice where it names
     * none.
     *
     * @param environment {@code HEIMDALL_DATABASE_URL} and what belongs to it
     * @throws IllegalArgumentException if that makes no sense
     * @throws io.heimdall.dataset.DatasetException if the database cannot be asked
     */
    public static JobStore of(Path workspace, Map<String, String> environment) {
        return PostgresSettings.parse(environment)
                .map(settings -> new JobStore(PostgresDatabase.at(settings, SCHEMA), settings.url()))
                .orElseGet(() -> in(workspace));
    }
}
