package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.servers.postgres.PostgresSettings;
import io.heimdall.servers.testing.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same promises on PostgreSQL, a real server. */
class PostgresJobTableTest extends JobTableContract {
    @TempDir
    Path workspace;

    @Override
    JobStore store() throws SQLException {
        return JobStore.of(workspace, newDatabase());
    }

    @Test
    void aDatabaseThatIsAwayIsNamedAndUsedAgainOnceItIsBack() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            PostgresSettings database = server.newDatabase();
            JobDatabase opened = JobDatabase.open(JobStore.of(workspace, environment(database)));
            JobTable table = new JobTable(opened);
            String id = table.add(TrainingSettings.seeded(1), UUID.randomUUID(), Optional.empty())
                    .job()
                    .id();
            server.stop();
            for (ThrowingCallable deed : List.<ThrowingCallable>of(
                    () -> table.find(id), () -> new JobClaims(opened).claim(id, UUID.randomUUID(), "worker"))) {
                assertThatThrownBy(deed)
                        .isInstanceOf(JobException.class)
                        .hasMessageContaining("the database of jobs, " + database.url() + ", failed")
                        .hasMessageNotContaining(PostgresServer.PASSWORD);
            }
            server.startAgain();
            assertThat(table.find(id).orElseThrow().status()).isEqualTo(JobStatus.QUEUED);
        }
    }

    /** What the environment says of a database that nobody has used. */
    static Map<String, String> newDatabase() throws SQLException {
        return environment(PostgresServer.shared().newDatabase());
    }

    private static Map<String, String> environment(PostgresSettings database) {
        return Map.of(
                "HEIMDALL_DATABASE_URL", database.url(),
                "HEIMDALL_DATABASE_USER", database.user(),
                "HEIMDALL_DATABASE_PASSWORD", database.password());
    }
}
