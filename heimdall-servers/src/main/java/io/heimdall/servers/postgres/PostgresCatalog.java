package io.heimdall.servers.postgres;

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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

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

    private final PostgresSettings settings;
    private final PostgresConnections connections;
    private final PlannerStatistics statistics = new PlannerStatistics();
    private volatile OwnTables own;

    private PostgresCatalog(PostgresSettings settings, OwnTables own) {
        this.settings = settings;
        this.own = own;
        this.connections = new PostgresConnections(settings);
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
        Jdbi direct = Jdbi.create(PostgresConnections.source(settings));
        OwnTables own = PostgresConnections.tried(
                settings,
                () -> direct.withHandle(handle -> {
                    if (!isThere(handle, "recording_sessions") || !isThere(handle, "measurements")) {
                        throw new DatasetException("the database " + settings.place()
                                + " has no Heimdall tables; 'heimdall migrate' creates them");
                    }
                    return ownTables(handle);
                }));
        return new PostgresCatalog(settings, own);
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
        Jdbi direct = Jdbi.create(PostgresConnections.source(settings));
        List<String> before = PostgresConnections.tried(settings, () -> direct.withHandle(PostgresCatalog::tables));
        PostgresConnections.tried(
                settings,
                () -> Flyway.configure(PostgresCatalog.class.getClassLoader())
                        .dataSource(PostgresConnections.source(settings))
                        .locations("classpath:io/heimdall/servers/postgres/schema")
                        .defaultSchema(SCHEMA)
                        .schemas(SCHEMA)
                        .createSchemas(true)
                        .table("training_schema_history")
                        .baselineOnMigrate(true)
                        .baselineVersion("0")
                        .load()
                        .migrate());
        List<String> after = PostgresConnections.tried(settings, () -> direct.withHandle(PostgresCatalog::tables));
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

    @Override
    public List<Station> stations() {
        return connections.with(handle -> handle.createQuery(
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
        return connections.with(
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
            own = connections.with(PostgresCatalog::ownTables);
        }
        if (!own.complete()) {
            throw new DatasetException("the database " + settings.place()
                    + " lacks tables of this library's own (training_...); 'heimdall migrate' creates them");
        }
        SessionWriter writer = new SessionWriter(sessions);
        connections.with(handle -> handle.inTransaction(transaction -> {
            writer.write(transaction);
            return null;
        }));
        if (statistics.outdatedBy(sessions.size())) {
            connections.with(handle -> {
                PlannerStatistics.countAnew(handle);
                return null;
            });
        }
    }

    @Override
    public void addModel(String training, ModelResult result) {
        connections.with(handle -> handle.inTransaction(transaction -> {
            ModelRows.write(transaction, training, result);
            return null;
        }));
    }

    @Override
    public void checkModel(String training, ModelResult result) {
        connections.with(handle -> {
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
        return runs.isEmpty() ? 0 : connections.with(handle -> ModelRows.locate(handle, runs));
    }

    @Override
    public List<ModelResult> models(String name) {
        return connections.with(handle -> ModelRows.read(handle, name));
    }

    @Override
    public void close() {
        connections.close();
    }

    private Stream<Session> stream(SessionQuery query) {
        SessionCursor cursor = new SessionCursor(connections, query);
        int properties = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(cursor, properties), false)
                .onClose(cursor::close);
    }

    /** Returns where it is, without user and password. */
    @Override
    public String toString() {
        return connections.toString();
    }
}
