package io.heimdall.servers.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.ModelCatalog;
import io.heimdall.dataset.ModelResult;
import io.heimdall.dataset.ModelRun;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.RecordingCatalog;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Station;
import io.heimdall.files.Attempts;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Heimdall's PostgreSQL database as the catalogue, schema {@code heimdall}.
 *
 * <p>Opening and reading change nothing. Sessions are streamed in constant memory. An unusable measurement (no signal
 * strength, an invalid location) is left out with a warning that names it. Passing faults (connection lost, server
 * restarting) are retried for a while; a stream continues after the last session that it gave. Sessions that Heimdall
 * itself recorded are never replaced.
 *
 * <p>Thread-safe.
 */
public final class PostgresCatalog implements RecordingCatalog, ModelCatalog {

    private static final String SCHEMA = "heimdall";
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final PostgresSettings settings;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Set<SessionCursor> cursors = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService idleWatch;
    private volatile OwnTables own;
    private volatile boolean closed;

    private PostgresCatalog(PostgresSettings settings) {
        this.settings = settings;
        this.pool = new HikariDataSource(pool(settings));
        this.jdbi = Jdbi.create(pool).registerArrayType(String.class, "text");
        this.idleWatch = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "postgres-idle-cursors");
            thread.setDaemon(true);
            return thread;
        });
        idleWatch.scheduleWithFixedDelay(this::releaseIdle, IDLE.toSeconds(), IDLE.toSeconds() / 3, TimeUnit.SECONDS);
    }

    /**
     * Opens Heimdall's database as it is.
     *
     * @param settings where it is
     * @return the catalogue
     * @throws DatasetException if it cannot be reached, refuses the user, or has no Heimdall tables
     */
    public static PostgresCatalog open(PostgresSettings settings) {
        // Without the pool, which would hide for a while that a password is wrong.
        Jdbi direct = Jdbi.create(source(settings));
        Attempts attempts = attempts(settings);
        OwnTables own = tried(
                settings,
                attempts,
                () -> direct.withHandle(handle -> {
                    if (!isThere(handle, "recording_sessions") || !isThere(handle, "measurements")) {
                        throw new DatasetException("the database " + settings.place()
                                + " has no Heimdall tables; 'heimdall migrate' creates them");
                    }
                    return ownTables(handle);
                }));
        PostgresCatalog catalog = new PostgresCatalog(settings);
        catalog.own = own;
        return catalog;
    }

    /**
     * Creates the tables that are missing: all of them in an empty database, the library's own
     * ({@code training_...}) in Heimdall's. What is there stays as it is. Doing it again does nothing.
     *
     * @param settings where the database is, with a user who may create tables
     * @return names of the tables that were created, sorted
     * @throws DatasetException if it cannot be reached, or refuses
     */
    public static List<String> migrate(PostgresSettings settings) {
        Jdbi direct = Jdbi.create(source(settings));
        List<String> before = tried(settings, attempts(settings), () -> direct.withHandle(PostgresCatalog::tables));
        tried(
                settings,
                attempts(settings),
                () -> Flyway.configure(PostgresCatalog.class.getClassLoader())
                        .dataSource(source(settings))
                        .locations("classpath:io/heimdall/servers/postgres/schema")
                        .defaultSchema(SCHEMA)
                        .schemas(SCHEMA)
                        .createSchemas(true)
                        .table("training_schema_history")
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .load()
                        .migrate());
        List<String> after = tried(settings, attempts(settings), () -> direct.withHandle(PostgresCatalog::tables));
        return after.stream().filter(table -> !before.contains(table)).toList();
    }

    private static List<String> tables(Handle handle) {
        return handle.createQuery("SELECT tablename::text FROM pg_tables WHERE schemaname = :schema ORDER BY 1")
                .bind("schema", SCHEMA)
                .mapTo(String.class)
                .list();
    }

    private static OwnTables ownTables(Handle handle) {
        return new OwnTables(
                isThere(handle, "training_sessions"),
                isThere(handle, "training_quality"),
                isThere(handle, "training_parts"),
                isThere(handle, "training_receivers"));
    }

    private static boolean isThere(Handle handle, String table) {
        return handle.createQuery("SELECT to_regclass(:table) IS NOT NULL")
                .bind("table", SCHEMA + "." + table)
                .mapTo(Boolean.class)
                .one();
    }

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

    @Override
    public List<Station> stations() {
        return with(handle -> handle.createQuery(
                        "SELECT name, latitude, longitude FROM heimdall.websdr_stations ORDER BY name COLLATE \"C\"")
                .map((row, context) -> new Station(
                        row.getString("name"), new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude"))))
                .list());
    }

    @Override
    public Stream<Session> sessions() {
        return sessions(SessionFilter.all());
    }

    @Override
    public Stream<Session> sessions(SessionFilter filter) {
        filter.trainingDataset().ifPresent(name -> check(SessionFilter.all().withTrainingDataset(name)));
        // Once more here: the database knows times to the microsecond only.
        SessionFilter rest = filter.with(QualityLimits.NONE);
        return stream(SessionQuery.training(own, filter)).flatMap(session -> rest.of(session).stream());
    }

    @Override
    public List<String> trainingDatasets() {
        return with(
                handle -> handle.createQuery("SELECT name FROM heimdall.training_datasets ORDER BY name COLLATE \"C\"")
                        .mapTo(String.class)
                        .list());
    }

    @Override
    public Stream<Session> allSessions() {
        return stream(SessionQuery.all(own));
    }

    @Override
    public Optional<Session> session(String id) {
        try (Stream<Session> one = stream(SessionQuery.one(own, id))) {
            return one.findFirst();
        }
    }

    @Override
    public void addAll(Collection<Session> sessions) {
        if (!own.complete()) {
            own = with(PostgresCatalog::ownTables);
        }
        if (!own.complete()) {
            throw new DatasetException("the database " + settings.place()
                    + " lacks tables of this library's own (training_...); 'heimdall migrate' creates them");
        }
        SessionWriter writer = new SessionWriter(sessions);
        with(handle -> handle.inTransaction(transaction -> {
            writer.write(transaction);
            return null;
        }));
    }

    @Override
    public void addModel(String training, ModelResult result) {
        with(handle -> handle.inTransaction(transaction -> {
            ModelRows.write(transaction, training, result);
            return null;
        }));
    }

    @Override
    public void checkModel(String training, ModelResult result) {
        with(handle -> {
            handle.begin();
            try {
                ModelRows.write(handle, training, result);
            } finally {
                handle.rollback();
            }
            return null;
        });
    }

    @Override
    public int locate(Collection<ModelRun> runs) {
        return runs.isEmpty() ? 0 : with(handle -> ModelRows.locate(handle, runs));
    }

    @Override
    public List<ModelResult> models(String name) {
        return with(handle -> ModelRows.read(handle, name));
    }

    @Override
    public void close() {
        closed = true;
        idleWatch.shutdownNow();
        List.copyOf(cursors).forEach(SessionCursor::close);
        pool.close();
    }

    private Stream<Session> stream(SessionQuery query) {
        SessionCursor cursor = new SessionCursor(this, query);
        int properties = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(cursor, properties), false)
                .onClose(cursor::close);
    }

    /** A connection for a cursor; the one that rests longest gives its own up if there are too many. */
    Handle openFor(SessionCursor cursor) {
        checkOpen();
        while (cursors.size() >= settings.connections() - 1
                && cursors.stream()
                        .sorted(Comparator.comparingLong(SessionCursor::usedAt))
                        .anyMatch(SessionCursor::releaseIfIdle)) {}
        Handle handle = jdbi.open();
        cursors.add(cursor);
        return handle;
    }

    void released(SessionCursor cursor) {
        cursors.remove(cursor);
    }

    private void releaseIdle() {
        long now = System.nanoTime();
        cursors.stream().filter(c -> now - c.usedAt() > IDLE.toNanos()).forEach(SessionCursor::releaseIfIdle);
    }

    Attempts attempts() {
        return attempts(settings);
    }

    void giveUpUnlessPassing(RuntimeException fault, Attempts attempts) {
        giveUpUnlessPassing(settings, fault, attempts);
    }

    private <T> T with(Function<Handle, T> work) {
        checkOpen();
        return tried(settings, attempts(), () -> jdbi.withHandle(work::apply));
    }

    private void checkOpen() {
        if (closed) {
            throw new DatasetException(this + " is closed");
        }
    }

    private static Attempts attempts(PostgresSettings settings) {
        return new Attempts(Attempts.USUAL, settings.timeout().multipliedBy(3));
    }

    private interface Call<T> {
        T run();
    }

    private static <T> T tried(PostgresSettings settings, Attempts attempts, Call<T> call) {
        while (true) {
            try {
                return call.run();
            } catch (JdbiException | FlywayException e) {
                giveUpUnlessPassing(settings, e, attempts);
            }
        }
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

    /** Where it is, without user and password. */
    @Override
    public String toString() {
        return "the database " + settings.place();
    }
}
