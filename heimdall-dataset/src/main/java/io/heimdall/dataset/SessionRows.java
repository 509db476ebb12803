package io.heimdall.dataset;

import io.heimdall.dataset.rows.Numbers;
import io.heimdall.dataset.rows.PartRows;
import io.heimdall.dataset.rows.QualityRows;
import io.heimdall.dataset.rows.ReceiverRows;
import io.heimdall.files.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads sessions from rows of Heimdall's tables. */
final class SessionRows {

    private static final String SELECT = """
            SELECT s.celery_task_id AS task, s.session_start, s.approval_status, k.name AS source_name,
                   t.source_latitude, t.source_longitude, t.frequency_hz,
                   m.iq_data_location, m.iq_data_format, m.iq_sample_rate, m.timestamp, m.signal_strength_db,
                   j.calibration_db,
                   %s,
                   %s,
                   %s
              FROM recording_sessions s
              JOIN training_sessions t ON t.session_id = s.id
              LEFT JOIN known_sources k ON k.id = s.known_source_id
              JOIN training_measurements j ON j.session_id = s.id
              JOIN measurements m ON m.id = j.measurement_id
              JOIN websdr_stations w ON w.id = m.websdr_station_id
              LEFT JOIN training_receivers r ON r.measurement_id = m.id
              LEFT JOIN training_quality q ON q.measurement_id = m.id
              LEFT JOIN training_parts part ON part.measurement_id = m.id
             WHERE %s
             ORDER BY s.celery_task_id, j.position
            """;

    private static final String PAGE = select("""
            s.id IN (SELECT p.id FROM recording_sessions p JOIN training_sessions q ON q.session_id = p.id
                      WHERE p.celery_task_id > :after AND p.status = 'completed'
                        AND (NOT :training OR (p.approval_status = 'approved' AND q.source_latitude IS NOT NULL))
                      ORDER BY p.celery_task_id LIMIT :limit)""");

    private static final String ONE = select("s.celery_task_id = :after AND s.status = 'completed'");

    private SessionRows() {}

    private static String select(String condition) {
        return SELECT.formatted(ReceiverRows.COLUMNS, QualityRows.COLUMNS, PartRows.COLUMNS, condition);
    }

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
        return new Measurement(
                ReceiverRows.station(row),
                recorded(row),
                Numbers.read(row, "signal_strength_db"),
                instant(row.getString("timestamp")),
                ReceiverRows.clockSigmaS(row),
                ReceiverRows.bearing(row));
    }

    private static Optional<Recorded> recorded(ResultSet row) throws SQLException {
        String location = row.getString("iq_data_location");
        return location == null
                ? Optional.empty()
                : Optional.of(new Recorded(
                        ObjectKey.parse(location),
                        Optional.ofNullable(row.getString("iq_data_format")),
                        PartRows.read(row),
                        Numbers.read(row, "iq_sample_rate"),
                        row.getDouble("calibration_db"),
                        QualityRows.read(row)));
    }

    private static Optional<Instant> instant(String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }
}
