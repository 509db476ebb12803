package io.heimdall.app.jobs;

import io.heimdall.dataset.postgres.PostgresSettings;
import io.heimdall.dataset.servers.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** The same promises on PostgreSQL, a real server. */
class PostgresJobTableTest extends JobTableContract {
    @TempDir
    Path workspace;

    @Override
    JobStore store() throws SQLException {
        return JobStore.of(workspace, newDatabase());
    }

    /** What the environment says of a database that nobody has used. */
    static Map<String, String> newDatabase() throws SQLException {
        PostgresSettings database = PostgresServer.shared().newDatabase();
        return Map.of(
                "HEIMDALL_DATABASE_URL", database.url(),
                "HEIMDALL_DATABASE_USER", database.user(),
                "HEIMDALL_DATABASE_PASSWORD", database.password());
    }
}
