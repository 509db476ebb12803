package io.heimdall.dataset;

import io.heimdall.dataset.rows.Numbers;
import io.heimdall.dataset.rows.PartRows;
import io.heimdall.dataset.rows.QualityRows;
import io.heimdall.dataset.rows.ReceiverRows;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Writes sessions in a few batches, whatever their number. Writing the same ones again changes nothing. */
final class SqliteSessionWriter {
    private final Handle handle;
    /** By id: of two with one id the later counts. */
    private final Map<String, Session> sessions = new LinkedHashMap<>();

    private SqliteSessionWriter(Handle handle, Collection<Session> added) {
        this.handle = handle;
        added.forEach(session -> sessions.put(session.id(), session));
    }

    /** Writes all, in the handle's transaction. */
    static void write(Handle handle, Collection<Session> sessions) {
        SqliteSessionWriter writer = new SqliteSessionWriter(handle, sessions);
        writer.removeOldMeasurements();
        writer.writeSources();
        writer.writeSessions();
        writer.writeStations();
        writer.writeMeasurements();
    }

    private void batch(String sql, Consumer<PreparedBatch> rows) {
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            rows.accept(batch);
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    private void removeOldMeasurements() {
        batch(
                "DELETE FROM measurements WHERE id IN (SELECT measurement_id FROM training_measurements WHERE session_id = ?)",
                rows -> sessions.keySet().forEach(id -> rows.add(uuid("session", id))));
    }

    private void writeSources() {
        batch(
                """
                INSERT INTO known_sources (id, name, frequency_hz, latitude, longitude) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET frequency_hz = excluded.frequency_hz, latitude = excluded.latitude,
                    longitude = excluded.longitude, updated_at = CURRENT_TIMESTAMP
                """,
                rows -> sessions.values().stream()
                        .filter(session -> !session.sourceName().isEmpty())
                        .forEach(session -> rows.add(
                                uuid("source", session.sourceName()),
                                session.sourceName(),
                                session.frequencyHz(),
                                session.source().map(GeoPoint::latitude).orElse(null),
                                session.source().map(GeoPoint::longitude).orElse(null))));
    }

    private void writeSessions() {
        batch(
                """
                INSERT INTO recording_sessions (id, known_source_id, session_name, session_start, celery_task_id, status,
                                                approval_status)
                VALUES (?, ?, ?, ?, ?, 'completed', ?)
                ON CONFLICT (id) DO UPDATE SET known_source_id = excluded.known_source_id,
                    session_start = excluded.session_start, status = excluded.status,
                    approval_status = excluded.approval_status, updated_at = CURRENT_TIMESTAMP
                """,
                rows -> sessions.forEach((id, session) -> rows.add(
                        uuid("session", id),
                        session.sourceName().isEmpty() ? null : uuid("source", session.sourceName()),
                        id,
                        text(session.start()),
                        id,
                        session.approved() ? "approved" : "pending")));
        batch(
                "INSERT OR REPLACE INTO training_sessions VALUES (?, ?, ?, ?)",
                rows -> sessions.forEach((id, session) -> rows.add(
                        uuid("session", id),
                        session.source().map(GeoPoint::latitude).orElse(null),
                        session.source().map(GeoPoint::longitude).orElse(null),
                        session.frequencyHz())));
    }

    /** The stations stand where the last of their measurements was made. */
    private void writeStations() {
        Map<String, Station> stations = new LinkedHashMap<>();
        sessions.values().stream()
                .flatMap(session -> session.measurements().stream())
                .forEach(measurement -> stations.put(measurement.station().name(), measurement.station()));
        batch(
                """
                INSERT INTO websdr_stations (id, name, latitude, longitude) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET latitude = excluded.latitude, longitude = excluded.longitude,
                    updated_at = CURRENT_TIMESTAMP
                    WHERE latitude <> excluded.latitude OR longitude <> excluded.longitude
                """,
                rows -> stations.forEach((name, station) -> rows.add(
                        uuid("station", name),
                        name,
                        station.position().latitude(),
                        station.position().longitude())));
    }

    /** A measurement with its keys: of the session, its place in it, and its own. */
    private record Keyed(Measurement measurement, Session session, int position, String id) {}

    private List<Keyed> measurements() {
        return sessions.values().stream()
                .flatMap(session -> IntStream.range(0, session.measurements().size())
                        .mapToObj(position -> keyed(session, position)))
                .toList();
    }

    private static Keyed keyed(Session session, int position) {
        Measurement measurement = session.measurements().get(position);
        String name = session.id() + "/" + measurement.station().name();
        return new Keyed(measurement, session, position, uuid("measurement", name));
    }

    private void writeMeasurements() {
        List<Keyed> measurements = measurements();
        batch("""
                INSERT INTO measurements (id, timestamp, websdr_station_id, frequency_hz, signal_strength_db,
                                          iq_data_location, iq_data_format, iq_sample_rate)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, rows -> measurements.forEach(keyed -> addMeasurement(rows, keyed)));
        batch(
                "INSERT INTO training_measurements VALUES (?, ?, ?, ?)",
                rows -> measurements.forEach(keyed -> rows.add(
                        uuid("session", keyed.session().id()),
                        keyed.position(),
                        keyed.id(),
                        keyed.measurement()
                                .recorded()
                                .map(Recorded::calibrationDb)
                                .orElse(0.0))));
        batch(
                "INSERT INTO training_receivers " + ReceiverRows.VALUES,
                rows -> measurements.forEach(keyed -> rows.bind("measurement", keyed.id())
                        .bindMap(ReceiverRows.values(keyed.measurement()))
                        .add()));
        writeQualityAndParts(measurements);
    }

    private static void addMeasurement(PreparedBatch rows, Keyed keyed) {
        Measurement measurement = keyed.measurement();
        Optional<Recorded> recorded = measurement.recorded();
        rows.add(
                keyed.id(),
                text(measurement.startTime()),
                uuid("station", measurement.station().name()),
                keyed.session().frequencyHz(),
                Numbers.boxed(measurement.levelDb()),
                recorded.map(recording -> recording.key().toString()).orElse(null),
                recorded.flatMap(Recorded::format).orElse(null),
                recorded.map(recording -> Numbers.boxed(recording.sampleRateHz()))
                        .orElse(null));
    }

    private void writeQualityAndParts(List<Keyed> measurements) {
        batch(
                "INSERT INTO training_quality " + QualityRows.VALUES,
                rows -> measurements.forEach(keyed -> keyed.measurement()
                        .recorded()
                        .flatMap(Recorded::quality)
                        .ifPresent(quality -> rows.bind("measurement", keyed.id())
                                .bindMap(QualityRows.values(quality))
                                .add())));
        batch(
                "INSERT INTO training_parts " + PartRows.VALUES,
                rows -> measurements.forEach(keyed -> keyed.measurement()
                        .recorded()
                        .map(Recorded::part)
                        .filter(part -> !part.equals(RecordingPart.FIRST))
                        .ifPresent(part -> rows.bind("measurement", keyed.id())
                                .bindMap(PartRows.values(part))
                                .add())));
    }

    private static String text(Optional<Instant> time) {
        return time.map(Instant::toString).orElse(null);
    }

    /** The same name always has the same key: a second ingest updates rows and doubles nothing. */
    private static String uuid(String kind, String name) {
        return UUID.nameUUIDFromBytes((kind + ":" + name).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
