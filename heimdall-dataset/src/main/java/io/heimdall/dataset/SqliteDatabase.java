package io.heimdall.dataset;

import java.nio.file.Path;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A SQLite file for other tables, such as a queue of jobs: the embedded counterpart of a database server. */
public final class SqliteDatabase {
    private static final int BUSY_MILLIS = 20_000;

    private SqliteDatabase() {}

    /**
     * Returns a source of connections to a file, which is made by the first.
     *
     * <p>Threads and processes may use it at the same time: a transaction takes the write lock when it begins, so that two of
     * them wait for each other instead of failing. What is committed is on the disk.
     *
     * @throws DatasetException if SQLite's library cannot be unpacked
     */
    public static DataSource at(Path file) {
        SqliteLibrary.prepare();
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }
}
