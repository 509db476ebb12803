package io.heimdall.servers.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.servers.testing.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest {

    @Test
    void tablesGoIntoTheSchemaAndStayForTheNextProcess() throws Exception {
        PostgresSettings settings = PostgresServer.shared().newDatabase();
        try (Connection connection =
                        PostgresDatabase.at(settings, "heimdall_jobs").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE job (id text)");
            statement.execute("INSERT INTO job VALUES ('one')");
        }
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT id FROM heimdall_jobs.job")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString(1)).isEqualTo("one");
        }
        try (Connection connection =
                        PostgresDatabase.at(settings, "heimdall_jobs").getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM job")) {
            row.next();
            assertThat(row.getInt(1)).isEqualTo(1);
        }
    }

    @Test
    void processesThatStartTogetherAllGetTheSchema() throws Exception {
        PostgresSettings settings = PostgresServer.shared().newDatabase();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<DataSource>> sources = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sources.add(threads.submit(() -> PostgresDatabase.at(settings, "together")));
        }
        for (Future<DataSource> source : sources) {
            try (Connection connection = source.get().getConnection()) {
                assertThat(connection.getSchema()).isEqualTo("together");
            }
        }
        threads.shutdown();
    }

    @Test
    void whatItCannotGiveIsNamed() throws Exception {
        PostgresSettings settings = PostgresServer.shared().newDatabase();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresDatabase.at(settings, "a; DROP TABLE x"))
                .withMessage("schema 'a; DROP TABLE x' is not of lower-case letters and _");
        PostgresSettings wrong = PostgresSettings.of(settings.url(), settings.user(), "wrong-password-99");
        assertThatThrownBy(() -> PostgresDatabase.at(wrong, "jobs"))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("gives no schema 'jobs'")
                .hasMessageNotContaining("wrong-password-99");
    }
}
