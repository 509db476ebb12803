package io.heimdall.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteDatabaseTest {
    private static final int THREADS = 6;
    private static final int STEPS = 20;

    @TempDir
    Path directory;

    @Test
    void transactionsThatReadAndThenWriteWaitForEachOther() throws Exception {
        DataSource source = SqliteDatabase.at(directory.resolve("counter.db"));
        execute(source, "CREATE TABLE counter (value INTEGER)");
        execute(source, "INSERT INTO counter VALUES (0)");
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            // A source of its own each, as another process would have.
            DataSource own = SqliteDatabase.at(directory.resolve("counter.db"));
            running.add(threads.submit(() -> {
                for (int step = 0; step < STEPS; step++) {
                    increment(own);
                }
                return null;
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        threads.shutdown();
        assertThat(value(source)).isEqualTo(THREADS * STEPS);
    }

    private static void increment(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                int before;
                try (ResultSet row = statement.executeQuery("SELECT value FROM counter")) {
                    before = row.getInt(1);
                }
                Thread.yield();
                statement.execute("UPDATE counter SET value = " + (before + 1));
            }
            connection.commit();
        }
    }

    private static int value(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT value FROM counter")) {
            return row.getInt(1);
        }
    }

    private static void execute(DataSource source, String sql) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
