package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFaultsTest {
    @TempDir
    private Path folder;

    @Test
    void anotherWritersLockMayPass() throws SQLException {
        try (Connection one = open("c.db");
                Connection other = open("c.db");
                Statement writes = one.createStatement();
                Statement waits = other.createStatement()) {
            writes.execute("CREATE TABLE t (x)");
            waits.execute("PRAGMA busy_timeout = 0");
            writes.execute("BEGIN IMMEDIATE");
            Throwable fault = catchThrowable(() -> waits.execute("BEGIN IMMEDIATE"));
            assertThat(SqliteFaults.isPassing(new IllegalStateException("around it", fault)))
                    .isTrue();
        }
    }

    @Test
    void aWrongStatementStaysWrong() throws SQLException {
        try (Connection connection = open("c.db");
                Statement statement = connection.createStatement()) {
            assertThat(SqliteFaults.isPassing(catchThrowable(() -> statement.execute("SELECT x FROM nowhere"))))
                    .isFalse();
        }
    }

    @Test
    void aFileThatIsNoDatabaseStaysThat() throws Exception {
        Path file = Files.writeString(folder.resolve("c.db"), "no database, but long enough for a header ".repeat(20));
        assertThatExceptionOfType(DatasetException.class)
                .isThrownBy(() -> SqliteCatalog.open(file))
                .satisfies(fault -> {
                    assertThat(fault.mayPassLater()).isFalse();
                    assertThat(fault.subject()).isEqualTo(file.toString());
                });
    }

    private Connection open(String name) throws SQLException {
        SqliteLibrary.prepare();
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(name));
    }
}
