package io.heimdall.app.jobs;

import io.heimdall.dataset.SqliteDatabase;
import java.nio.file.Path;
import javax.sql.DataSource;

/**
 * Where jobs are kept.
 *
 * @param database SQLite, or PostgreSQL for workers on several machines; its tables are made when they are missing
 * @param name for messages, without credentials
 */
public record JobStore(DataSource database, String name) {

    /** Returns the embedded choice: the file {@code jobs.sqlite} of a workspace. */
    public static JobStore in(Path workspace) {
        Path file = workspace.resolve("jobs.sqlite");
        return new JobStore(SqliteDatabase.at(file), file.toString());
    }
}
