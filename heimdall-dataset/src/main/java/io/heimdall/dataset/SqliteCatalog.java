package io.heimdall.dataset;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A catalogue in one SQLite file with Heimdall's tables. It uses a write-ahead log, so that other processes can read
 * at the same time.
 *
 * <p>Thread-safe: one connection, used by one thread at a time. Several processes may have the same file open; one
 * waits for the other's write for at most {@value #BUSY_MILLIS} ms.
 */
public final class SqliteCatalog implements RecordingCatalog {

    private static final int BUSY_MILLIS = 20_000;
    private static final int PAGE = 256;

    private final Path file;
    private final Connection connection;
    private final Jdbi jdbi;

    private SqliteCatalog(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        this.jdbi = Jdbi.create(connection);
    }

    /**
     * Opens a catalogue; a new file gets its tables, one of an older release the missing ones.
     *
     * @param file the database
     * @return the catalogue
     * @throws DatasetException if it is no such database or cannot be opened
     */
    public static SqliteCatalog open(Path file) {
        SqliteLibrary.prepare();
        try {
            Flyway.configure(SqliteCatalog.class.getClassLoader())
                    .dataSource(source(file, false)) // a table that is made anew must not take others along
                    .locations("classpath:io/heimdall/dataset/schema")
                    .table("training_schema_history")
                    .load()
                    .migrate();
            return new SqliteCatalog(file, source(file, true).getConnection());
        } catch (FlywayException | SQLException e) {
            throw new DatasetException(
                    file.toString(),
                    "cannot open the catalogue " + file + ": " + SqliteFaults.reason(e)
                            + "; if the file is damaged, move it away and ingest again",
                    e,
                    SqliteFaults.isPassing(e));
        }
    }

    private static DataSource source(Path file, boolean foreignKeys) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(foreignKeys);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    @Override
    public List<Station> stations() {
        return with(SessionRows::stations);
    }

    @Override
    public Stream<Session> sessions() {
        return pages(true).filter(Session::isHeard);
    }

    @Override
    public Stream<Session> allSessions() {
        return pages(false);
    }

    @Override
    public Optional<Session> session(String id) {
        return with(handle -> SessionRows.session(handle, id));
    }

    @Override
    public void addAll(Collection<Session> sessions) {
        with(handle -> {
            handle.useTransaction(transaction -> SqliteSessionWriter.write(transaction, sessions));
            return null;
        });
    }

    @Override
    public void close() {
        synchronized (connection) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new DatasetException(
                        file.toString(),
                        "cannot close the catalogue " + file + ": " + e.getMessage(),
                        e,
                        SqliteFaults.isPassing(e));
            }
        }
    }

    private Stream<Session> pages(boolean trainingOnly) {
        return Stream.iterate(page("", trainingOnly), page -> !page.isEmpty(), page -> next(page, trainingOnly))
                .flatMap(List::stream);
    }

    private List<Session> next(List<Session> page, boolean trainingOnly) {
        return page.size() < PAGE ? List.of() : page(page.get(page.size() - 1).id(), trainingOnly);
    }

    private List<Session> page(String after, boolean trainingOnly) {
        return with(handle -> SessionRows.page(handle, after, PAGE, trainingOnly));
    }

    private <T> T with(Function<Handle, T> work) {
        synchronized (connection) {
            try {
                return jdbi.withHandle(work::apply);
            } catch (JdbiException e) {
                throw new DatasetException(
                        file.toString(),
                        "the catalogue " + file + " failed: " + SqliteFaults.reason(e),
                        e,
                        SqliteFaults.isPassing(e));
            }
        }
    }
}
