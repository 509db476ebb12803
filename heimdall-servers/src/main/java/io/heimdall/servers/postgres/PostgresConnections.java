package io.heimdall.servers.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.heimdall.dataset.DatasetException;
import io.heimdall.files.Attempts;
import io.heimdall.files.Backoff;
import io.heimdall.files.DaemonThreads;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections to one database. Faults that may pass are tried again for a while.
 *
 * <p>Streams of sessions borrow connections; those that rest give theirs up again. Thread-safe.
 */
final class PostgresConnections implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final PostgresSettings settings;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Set<Borrower> borrowers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService idleWatch;
    private volatile boolean closed;

    /** Holds a connection from one call to the next, and can do without it in between. */
    interface Borrower {
        /** Returns when it last used the connection, in {@link System#nanoTime}. */
        long usedAt();

        /** Gives the connection back unless it is in use at this moment, and says whether it did. */
        boolean releaseIfIdle();

        /** Gives the connection back, and asks for none any more. */
        void close();
    }

    PostgresConnections(PostgresSettings settings) {
        this.settings = settings;
        this.pool = new HikariDataSource(pool(settings));
        this.jdbi = Jdbi.create(pool).registerArrayType(String.class, "text");
        this.idleWatch = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("postgres-idle-cursors"));
        idleWatch.scheduleWithFixedDelay(this::releaseIdle, IDLE.toSeconds(), IDLE.toSeconds() / 3, TimeUnit.SECONDS);
    }

    /** Returns single connections to a database, without a pool. */
    static PGSimpleDataSource source(PostgresSettings settings) {
        int seconds = (int) Math.min(settings.timeout().toSeconds(), Integer.MAX_VALUE / 1000);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setApplicationName("heimdall");
        source.setConnectTimeout((int) Math.min(seconds, CONNECT.toSeconds()));
        source.setLoginTimeout(seconds);
        source.setSocketTimeout(seconds);
        source.setTcpKeepAlive(true);
        // Text parameters take the column's type: UUIDs, and whatever type Heimdall gave its states.
        source.setStringType("unspecified");
        return source;
    }

    private static HikariConfig pool(PostgresSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source(settings));
        config.setPoolName("heimdall-catalogue");
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Math.min(settings.timeout().toMillis(), CONNECT.toMillis()));
        config.setInitializationFailTimeout(-1);
        return config;
    }

    /** Returns what some work with a connection returns. */
    <T> T with(Function<Handle, T> work) {
        checkOpen();
        return tried(settings, () -> jdbi.withHandle(work::apply));
    }

    /** Opens a connection for a borrower; the one that rests longest gives its own up if there are too many. */
    Handle openFor(Borrower borrower) {
        checkOpen();
        while (borrowers.size() >= settings.connections() - 1
                && borrowers.stream()
                        .sorted(Comparator.comparingLong(Borrower::usedAt))
                        .anyMatch(Borrower::releaseIfIdle)) {}
        Handle handle = jdbi.open();
        borrowers.add(borrower);
        return handle;
    }

    /** Takes note that a borrower holds no connection any more. */
    void released(Borrower borrower) {
        borrowers.remove(borrower);
    }

    private void releaseIdle() {
        long now = System.nanoTime();
        borrowers.stream().filter(b -> now - b.usedAt() > IDLE.toNanos()).forEach(Borrower::releaseIfIdle);
    }

    private void checkOpen() {
        if (closed) {
            throw new DatasetException(this + " is closed");
        }
    }

    /** Returns the result of a call, which is made again while a fault may pass. */
    static <T> T tried(PostgresSettings settings, Supplier<T> call) {
        Attempts attempts = attempts(settings);
        while (true) {
            try {
                return call.get();
            } catch (JdbiException | FlywayException e) {
                giveUpUnlessPassing(settings, e, attempts);
            }
        }
    }

    /** Returns the attempts for one more piece of work. */
    Attempts attempts() {
        return attempts(settings);
    }

    private static Attempts attempts(PostgresSettings settings) {
        return new Attempts(Backoff.usual(settings.timeout().multipliedBy(3)));
    }

    /**
     * Waits for the next attempt after a fault.
     *
     * @throws DatasetException if the fault does not pass by itself, or there is no attempt left
     */
    void giveUpUnlessPassing(RuntimeException fault, Attempts attempts) {
        giveUpUnlessPassing(settings, fault, attempts);
    }

    private static void giveUpUnlessPassing(PostgresSettings settings, RuntimeException fault, Attempts attempts) {
        if (!PostgresFaults.isPassing(fault) || !attempts.again()) {
            throw new DatasetException(
                    settings.place(),
                    "the database " + settings.place() + " failed: " + PostgresFaults.reason(fault)
                            + PostgresFaults.remedy(fault) + " (" + attempts + ")",
                    fault,
                    PostgresFaults.isPassing(fault));
        }
    }

    @Override
    public void close() {
        closed = true;
        idleWatch.shutdownNow();
        List.copyOf(borrowers).forEach(Borrower::close);
        pool.close();
    }

    /** Returns where the database is, without user and password. */
    @Override
    public String toString() {
        return "the database " + settings.place();
    }
}
