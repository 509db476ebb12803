package io.heimdall.dataset;

import io.heimdall.dataset.internal.PartRows;
import io.heimdall.dataset.internal.QualityRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Sessions to rows of Heimdall's tables and back. */
final class SessionRows {

    private static final String SELECT = """
            SELECT s.celery_task_id AS task, s.session_start, s.approval_status, k.name AS source_name,
                   t.source_latitude, t.source_longitude, t.frequency_hz,
                   w.name AS station, w.latitude, w.longitude,
                   m.iq_data_location, m.iq_data_format, m.iq_sample_rate, m.timestamp, m.signal_strength_db,
                   j.calibration_db,
                   %s,
                   %s
              FROM recording_sessions s
              JOIN training_sessions t ON t.session_id = s.id
              LEFT JOIN known_sources k ON k.id = s.known_source_id
              JOIN training_measurements j ON j.session_id = s.id
              JOIN measurements m ON m.id = j.measurement_id
              JOIN websdr_stations w ON w.id = m.websdr_station_id
              LEFT JOIN training_quality q ON q.measurement_id = m.id
              LEFT JOIN training_parts part ON part.measurement_id = m.id
             WHERE %s
             ORDER BY s.celery_task_id, j.position
            """;

    private static final String PAGE = SELECT.formatted(QualityRows.COLUMNS, PartRows.COLUMNS, """
            s.id IN (SELECT p.id FROM recording_sessions p JOIN training_sessions q ON q.session_id = p.id
                      WHERE p.celery_task_id > :after AND p.status = 'completed'
                        AND (NOT :training OR (p.approval_status = 'approved' AND q.source_latitude IS NOT NULL))
                      ORDER BY p.celery_task_id LIMIT :limit)""");

    private static final String ONE = SELECT.formatted(
            QualityRows.COLUMNS, PartRows.COLUMNS, "s.celery_task_id = :after AND s.status = 'completed'");

    private SessionRows() {}

    static List<Station> stations(Handle handle) {
        return handle.createQuery("SELECT name, latitude, longitude FROM websdr_stations ORDER BY name")
                .map((row, context) -> new Station(
                        row.getString("name"), new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude"))))
                .list();
    }

    static List<Session> page(Handle handle, String after, int limit, boolean trainingOnly) {
        return handle.createQuery(PAGE)
                .bind("after", after)
                .bind("training", trainingOnly)
                .bind("limit", limit)
                .scanResultSet((rows, context) -> {
                    try (context) {
                        return sessions(rows.get());
                    }
                });
    }

    static Optional<Session> session(Handle handle, String id) {
        return handle.createQuery(ONE).bind("after", id).scanResultSet((rows, context) -> {
            try (context) {
                return sessions(rows.get()).stream().findFirst();
            }
        });
    }

    private static List<Session> sessions(ResultSet rows) throws SQLException {
        Map<String, Session> sessions = new LinkedHashMap<>();
        List<Measurement> measurements = new ArrayList<>();
        while (rows.next()) {
            String id = rows.getString("task");
            if (!sessions.containsKey(id)) {
                measurements.clear();
            }
            measurements.add(measurement(rows));
            sessions.put(id, session(rows, id, measurements));
        }
        return List.copyOf(sessions.values());
    }

    private static Session session(ResultSet row, String id, List<Measurement> measurements) throws SQLException {
        double latitude = row.getDouble("source_latitude");
        Optional<GeoPoint> source = row.wasNull()
                ? Optional.empty()
                : Optional.of(new GeoPoint(latitude, row.getDouble("source_longitude")));
        String name = row.getString("source_name");
        return new Session(
                id,
                name == null ? "" : name,
                source,
                row.getLong("frequency_hz"),
                "approved".equals(row.getString("approval_status")),
                instant(row.getString("session_start")),
                measurements);
    }

    private static Measurement measurement(ResultSet row) throws SQLException {
        double rate = row.getDouble("iq_sample_rate");
        OptionalDouble sampleRateHz = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(rate);
        return new Measurement(
                new Station(
                        row.getString("station"), new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude"))),
                ObjectKey.parse(row.getString("iq_data_location")),
                Optional.ofNullable(row.getString("iq_data_format")),
                PartRows.read(row),
                sampleRateHz,
                row.getDouble("calibration_db"),
                instant(row.getString("timestamp")),
                row.getDouble("signal_strength_db"),
                QualityRows.read(row));
    }

    private static Optional<Instant> instant(String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }

    static void write(Handle handle, Session session) {
        String id = uuid("session", session.id());
        handle.execute(
                "DELETE FROM measurements WHERE id IN (SELECT measurement_id FROM training_measurements WHERE session_id = ?)",
                id);
        handle.createUpdate("""
                        INSERT INTO recording_sessions (id, known_source_id, session_name, session_start,
                                                        celery_task_id, status, approval_status)
                        VALUES (:id, :source, :name, :start, :name, 'completed', :approval)
                        ON CONFLICT (id) DO UPDATE SET known_source_id = excluded.known_source_id,
                            session_start = excluded.session_start, status = excluded.status,
                            approval_status = excluded.approval_status, updated_at = CURRENT_TIMESTAMP
                        """)
                .bind("id", id)
                .bind("source", source(handle, session))
                .bind("name", session.id())
                .bind("start", session.start().map(Instant::toString).orElse(null))
                .bind("approval", session.approved() ? "approved" : "pending")
                .execute();
        handle.execute(
                "INSERT OR REPLACE INTO training_sessions VALUES (?, ?, ?, ?)",
                id,
                session.source().map(GeoPoint::latitude).orElse(null),
                session.source().map(GeoPoint::longitude).orElse(null),
                session.frequencyHz());
        for (int position = 0; position < session.measurements().size(); position++) {
            write(handle, session, id, position);
        }
    }

    private static String source(Handle handle, Session session) {
        if (session.sourceName().isEmpty()) {
            return null;
        }
        String id = uuid("source", session.sourceName());
        handle.execute(
                """
                INSERT INTO known_sources (id, name, frequency_hz, latitude, longitude) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET frequency_hz = excluded.frequency_hz, latitude = excluded.latitude,
                    longitude = excluded.longitude, updated_at = CURRENT_TIMESTAMP
                """,
                id,
                session.sourceName(),
                session.frequencyHz(),
                session.source().map(GeoPoint::latitude).orElse(null),
                session.source().map(GeoPoint::longitude).orElse(null));
        return id;
    }

    private static void write(Handle handle, Session session, String sessionId, int position) {
        Measurement measurement = session.measurements().get(position);
        Station station = measurement.station();
        String stationId = uuid("station", station.name());
        handle.execute(
                """
                INSERT INTO websdr_stations (id, name, latitude, longitude) VALUES (?, ?, ?, ?)
                ON CONFLICT (id) DO UPDATE SET latitude = excluded.latitude, longitude = excluded.longitude,
                    updated_at = CURRENT_TIMESTAMP
                    WHERE latitude <> excluded.latitude OR longitude <> excluded.longitude
                """,
                stationId,
                station.name(),
                station.position().latitude(),
                station.position().longitude());
        String id = uuid("measurement", session.id() + "/" + station.name());
        handle.execute(
                """
                INSERT INTO measurements (id, timestamp, websdr_station_id, frequency_hz, signal_strength_db,
                                          iq_data_location, iq_data_format, iq_sample_rate)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                measurement.startTime().map(Instant::toString).orElse(null),
                stationId,
                session.frequencyHz(),
                measurement.levelDb(),
                measurement.recording().toString(),
                measurement.format().orElse(null),
                measurement.sampleRateHz().isPresent()
                        ? measurement.sampleRateHz().getAsDouble()
                        : null);
        handle.execute(
                "INSERT INTO training_measurements VALUES (?, ?, ?, ?)",
                sessionId,
                position,
                id,
                measurement.calibrationDb());
        measurement
                .quality()
                .ifPresent(quality -> handle.createUpdate("INSERT INTO training_quality " + QualityRows.VALUES)
                        .bind("measurement", id)
                        .bindMap(QualityRows.values(quality))
                        .execute());
        if (!measurement.part().equals(RecordingPart.FIRST)) {
            handle.createUpdate("INSERT INTO training_parts " + PartRows.VALUES)
                    .bind("measurement", id)
                    .bindMap(PartRows.values(measurement.part()))
                    .execute();
        }
    }

    /** The same name always has the same key: a second ingest updates rows and doubles nothing. */
    private static String uuid(String kind, String name) {
        return UUID.nameUUIDFromBytes((kind + ":" + name).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
    }
}
