package io.heimdall.servers.postgres;

import static io.heimdall.servers.postgres.RowValues.uuid;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Station;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes sessions in a few batches, whatever their number. Writing the same ones again changes nothing. */
final class SessionWriter {

    /** One connection of all that ever were: process ids come again. */
    private static final String BACKEND = "pid || ' since ' || backend_start";

    private static final String INSERT_STATION = """
            INSERT INTO heimdall.websdr_stations (id, name, url, latitude, longitude, is_active, created_at, updated_at)
            VALUES (:id, :name, :url, :latitude, :longitude, true, now(), now())
            """;

    /**
     * What is missing is added first, whatever is in its way: PostgreSQL looks for conflicts of the named column alone, so two who add
     * the same row at once could fail by its id.
     */
    private static final String ADD_STATION = INSERT_STATION + "ON CONFLICT DO NOTHING";

    private static final String UPDATE_STATION = INSERT_STATION + """
            ON CONFLICT (name) DO UPDATE SET latitude = excluded.latitude, longitude = excluded.longitude,
                updated_at = now()
                WHERE websdr_stations.id = excluded.id
                  AND (websdr_stations.latitude <> excluded.latitude
                       OR websdr_stations.longitude <> excluded.longitude)""";

    private static final String INSERT_SOURCE = """
            INSERT INTO heimdall.known_sources (id, name, frequency_hz, latitude, longitude, is_validated,
                                                created_at, updated_at)
            VALUES (:id, :name, :frequency, :latitude, :longitude, false, now(), now())
            """;

    /** As {@link #ADD_STATION}. */
    private static final String ADD_SOURCE = INSERT_SOURCE + "ON CONFLICT DO NOTHING";

    private static final String UPDATE_SOURCE = INSERT_SOURCE + """
            ON CONFLICT (name) DO UPDATE SET frequency_hz = excluded.frequency_hz,
                latitude = excluded.latitude, longitude = excluded.longitude, updated_at = now()""";

    // Sorted, so that two writers lock rows in the same order.
    private final Map<String, Session> sessions = new TreeMap<>();
    private final Map<String, Station> stations = new TreeMap<>();
    private final Map<String, Session> sources = new TreeMap<>();
    private String backend;

    SessionWriter(Collection<Session> added) {
        for (Session session : added) {
            sessions.put(session.id(), session);
            if (!session.sourceName().isEmpty() && session.source().isPresent()) {
                sources.put(session.sourceName(), session);
            }
            for (Measurement measurement : session.measurements()) {
                check(session, measurement);
                stations.put(measurement.station().name(), measurement.station());
            }
        }
    }

    /** Heimdall finds a session's recordings by their place: elsewhere they would be lost. */
    private static void check(Session session, Measurement measurement) {
        String folder = "sessions/" + session.id() + "/";
        measurement
                .recorded()
                .map(Recorded::key)
                .filter(place -> !place.key().startsWith(folder))
                .ifPresent(elsewhere -> {
                    throw new DatasetException("session " + session.id() + " cannot be stored: its recording "
                            + elsewhere + " is not under " + folder);
                });
    }

    /** Writes all, in the handle's transaction; the same writer is used again if that is lost. */
    void write(Handle handle) {
        if (sessions.isEmpty()) {
            return;
        }
        endLostTry(handle);
        refuseHeimdallsOwn(handle);
        writeStations(handle);
        writeSources(handle);
        removeOldMeasurements(handle);
        writeSessions(handle);
        writeMeasurements(handle);
    }

    /**
     * Ends what the server still does for the try before, whose line fell silent in the middle: it would keep its locks,
     * and this try would wait for it.
     */
    private void endLostTry(Handle handle) {
        if (backend != null) {
            handle.createQuery(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + BACKEND + " = :backend")
                    .bind("backend", backend)
                    .mapTo(Boolean.class)
                    .list();
        }
        backend = handle.createQuery("SELECT " + BACKEND + " FROM pg_stat_activity WHERE pid = pg_backend_pid()")
                .mapTo(String.class)
                .one();
    }

    private void refuseHeimdallsOwn(Handle handle) {
        handle.createQuery("""
                        SELECT s.celery_task_id FROM heimdall.recording_sessions s
                         WHERE s.celery_task_id = ANY(:ids)
                           AND NOT EXISTS (SELECT 1 FROM heimdall.training_sessions t WHERE t.session_id = s.id)
                         ORDER BY 1 LIMIT 1""")
                .bindArray("ids", String.class, List.copyOf(sessions.keySet()))
                .mapTo(String.class)
                .findFirst()
                .ifPresent(id -> {
                    throw new DatasetException("session " + id
                            + " was recorded by Heimdall itself and is not replaced; give the other one another id");
                });
    }

    /**
     * Adds the stations that are missing, and brings those up to date that this library added: one that Heimdall registered
     * stays where it says, and what is measured elsewhere has a place of its own.
     */
    private void writeStations(Handle handle) {
        for (String statement : List.of(ADD_STATION, UPDATE_STATION)) {
            PreparedBatch batch = handle.prepareBatch(statement);
            for (Station station : stations.values()) {
                batch.bind("id", uuid("station", station.name()))
                        .bind("name", station.name())
                        .bind("url", "unknown:" + station.name())
                        .bind("latitude", station.position().latitude())
                        .bind("longitude", station.position().longitude())
                        .add();
            }
            batch.execute();
        }
    }

    private void writeSources(Handle handle) {
        if (sources.isEmpty()) {
            return;
        }
        for (String statement : List.of(ADD_SOURCE, UPDATE_SOURCE)) {
            PreparedBatch batch = handle.prepareBatch(statement);
            sources.forEach((name, session) -> batch.bind("id", uuid("source", name))
                    .bind("name", name)
                    .bind("frequency", session.frequencyHz())
                    .bind("latitude", session.source().orElseThrow().latitude())
                    .bind("longitude", session.source().orElseThrow().longitude())
                    .add());
            batch.execute();
        }
    }

    private void removeOldMeasurements(Handle handle) {
        List<String> keys =
                sessions.keySet().stream().map(id -> uuid("session", id)).toList();
        handle.createUpdate("""
                        DELETE FROM heimdall.measurements m USING heimdall.training_measurements j
                         WHERE j.session_id = ANY(CAST(:keys AS uuid[]))
                           AND m.id = j.measurement_id AND m.timestamp = j.measurement_timestamp""").bindArray("keys", String.class, keys).execute();
        for (String table : List.of("training_quality", "training_parts", "training_receivers")) {
            handle.createUpdate("""
                            DELETE FROM heimdall.%s q USING heimdall.training_measurements j
                             WHERE j.session_id = ANY(CAST(:keys AS uuid[])) AND q.measurement_id = j.measurement_id""".formatted(table))
                    .bindArray("keys", String.class, keys)
                    .execute();
        }
        handle.createUpdate("DELETE FROM heimdall.training_measurements WHERE session_id = ANY(CAST(:keys AS uuid[]))")
                .bindArray("keys", String.class, keys)
                .execute();
    }

    private void writeSessions(Handle handle) {
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO heimdall.recording_sessions (id, known_source_id, session_name, session_start,
                    celery_task_id, status, approval_status, created_at, updated_at)
                VALUES (:key, (SELECT id FROM heimdall.known_sources WHERE name = :source), :id, :start, :id,
                    'completed', :approval, now(), now())
                ON CONFLICT (id) DO UPDATE SET known_source_id = excluded.known_source_id,
                    session_start = excluded.session_start, status = excluded.status,
                    approval_status = excluded.approval_status, updated_at = now()""");
        PreparedBatch own = handle.prepareBatch("""
                INSERT INTO heimdall.training_sessions (session_id, source_name, source_latitude, source_longitude,
                    frequency_hz, start_nanos)
                VALUES (:key, :source, :latitude, :longitude, :frequency, :nanos)
                ON CONFLICT (session_id) DO UPDATE SET source_name = excluded.source_name,
                    source_latitude = excluded.source_latitude, source_longitude = excluded.source_longitude,
                    frequency_hz = excluded.frequency_hz, start_nanos = excluded.start_nanos""");
        for (Session session : sessions.values()) {
            String key = uuid("session", session.id());
            batch.bind("key", key)
                    .bind(
                            "source",
                            session.source().map(p -> session.sourceName()).orElse(null))
                    .bind("id", session.id())
                    .bind("start", session.start().map(RowValues::micros).orElse(null))
                    .bind("approval", session.approved() ? "approved" : "pending")
                    .add();
            own.bind("key", key)
                    .bind("source", session.sourceName())
                    .bind("latitude", session.source().map(GeoPoint::latitude).orElse(null))
                    .bind("longitude", session.source().map(GeoPoint::longitude).orElse(null))
                    .bind("frequency", session.frequencyHz())
                    .bind("nanos", session.start().map(RowValues::nanos).orElse(0))
                    .add();
        }
        batch.execute();
        own.execute();
    }

    private void writeMeasurements(Handle handle) {
        MeasurementBatches batches = new MeasurementBatches(handle);
        for (Session session : sessions.values()) {
            for (int position = 0; position < session.measurements().size(); position++) {
                batches.add(session, position);
            }
        }
        batches.execute();
    }
}
