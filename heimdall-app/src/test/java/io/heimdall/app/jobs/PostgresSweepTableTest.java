package io.heimdall.app.jobs;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

/** The promises on PostgreSQL, a real server. */
class PostgresSweepTableTest extends SweepTableContract {
    @TempDir
    Path directory;

    @Override
    JobStore store() throws SQLException {
        return JobStore.of(directory, PostgresJobTableTest.newDatabase());
    }
}
