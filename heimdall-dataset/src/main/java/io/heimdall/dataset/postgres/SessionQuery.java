package io.heimdall.dataset.postgres;

import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.internal.PartRows;
import io.heimdall.dataset.internal.QualityRows;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The question for sessions and their measurements, one row a measurement, ordered by session.
 *
 * <p>A measurement belongs to the session under whose task id its recording lies. The library's own tables are asked
 * only where they are: a Heimdall database is read without them.
 */
final class SessionQuery {

    private static final String FROM_HEIMDALL = """
              FROM heimdall.recording_sessions s
              LEFT JOIN heimdall.known_sources k ON k.id = s.known_source_id
              JOIN heimdall.measurements m ON split_part(m.iq_data_location, '/', 5) = s.celery_task_id
                                          AND split_part(m.iq_data_location, '/', 4) = 'sessions'
              JOIN heimdall.websdr_stations w ON w.id = m.websdr_station_id
            """;

    private static final String COLUMNS = """
            SELECT s.id AS session_key, s.celery_task_id AS task, s.session_start, s.approval_status,
                   m.id AS measurement, m.timestamp, m.frequency_hz AS measured_hz, m.signal_strength_db,
                   m.iq_data_location, m.iq_data_format, m.iq_sample_rate,
                   w.name AS station, w.latitude, w.longitude,
                   %s,
                   %s,
            """;

    private static final String WITHOUT_OWN = COLUMNS + """
                   false AS own_session, false AS own_measurement,
                   k.name AS source_name, k.latitude AS source_latitude, k.longitude AS source_longitude,
                   0 AS session_nanos, 0 AS position, 0 AS measurement_nanos,
                   NULL::float AS sample_rate_hz, 0.0::float AS calibration_db
            """ + FROM_HEIMDALL;

    private static final String WITH_OWN = COLUMNS + """
                   t.session_id IS NOT NULL AS own_session, j.measurement_id IS NOT NULL AS own_measurement,
                   CASE WHEN t.session_id IS NULL THEN k.name ELSE t.source_name END AS source_name,
                   CASE WHEN t.session_id IS NULL THEN k.latitude ELSE t.source_latitude END AS source_latitude,
                   CASE WHEN t.session_id IS NULL THEN k.longitude ELSE t.source_longitude END AS source_longitude,
                   t.start_nanos AS session_nanos, j.position, j.start_nanos AS measurement_nanos,
                   j.sample_rate_hz, j.calibration_db
            """ + FROM_HEIMDALL + """
              LEFT JOIN heimdall.training_sessions t ON t.session_id = s.id
              LEFT JOIN heimdall.training_measurements j ON j.measurement_id = m.id AND j.session_id = s.id
            """;

    private static final String QUALITY = "  LEFT JOIN heimdall.training_quality q ON q.measurement_id = m.id\n";
    private static final String PARTS = "  LEFT JOIN heimdall.training_parts part ON part.measurement_id = m.id\n";

    private static final String ORDER =
            "\nORDER BY s.celery_task_id COLLATE \"C\", s.id, position, w.name COLLATE \"C\", m.timestamp";

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, List<String>> arrays = new HashMap<>();
    private final OwnTables own;

    private SessionQuery(OwnTables own) {
        this.own = own;
        conditions.add("s.status = 'completed'");
    }

    /** Approved sessions whose source has a position. */
    static SessionQuery training(OwnTables own, SessionFilter filter) {
        SessionQuery query = new SessionQuery(own);
        query.conditions.add("s.approval_status = 'approved'");
        query.conditions.add(
                own.sessions()
                        ? "CASE WHEN t.session_id IS NULL THEN k.latitude ELSE t.source_latitude END IS NOT NULL"
                        : "k.latitude IS NOT NULL");
        query.add(filter);
        return query;
    }

    static SessionQuery all(OwnTables own) {
        return new SessionQuery(own);
    }

    static SessionQuery one(OwnTables own, String id) {
        SessionQuery query = new SessionQuery(own);
        // Said twice, so that the index on the measurements' task is used where there is one.
        query.conditions.add("s.celery_task_id = :id AND split_part(m.iq_data_location, '/', 5) = :id");
        query.values.put("id", id);
        return query;
    }

    private void add(SessionFilter filter) {
        addAnyOf("s.celery_task_id", "ids", filter.sessionIds());
        addAnyOf("w.name", "stations", filter.stations());
        filter.period().from().ifPresent(t -> add("s.session_start >= :from", "from", micros(t)));
        filter.period().until().ifPresent(t -> add("s.session_start <= :until", "until", micros(t)));
        filter.band().minHz().ifPresent(hz -> add("m.frequency_hz >= :minHz", "minHz", hz));
        filter.band().maxHz().ifPresent(hz -> add("m.frequency_hz <= :maxHz", "maxHz", hz));
        add(filter.quality());
        filter.trainingDataset().ifPresent(name -> add("""
                        m.id IN (SELECT d.measurement_id FROM heimdall.dataset_measurements d
                                   JOIN heimdall.training_datasets n ON n.id = d.dataset_id WHERE n.name = :dataset)""", "dataset", name));
    }

    /** What was measured of a recording counts before what the station said. */
    private void add(QualityLimits quality) {
        String snr = own.quality() ? "CASE WHEN q.measurement_id IS NULL THEN m.snr_db ELSE q.snr_db END" : "m.snr_db";
        String clipped = own.quality() ? "q.clipped_share" : "NULL::float";
        quality.minSnrDb().ifPresent(db -> add(snr + " >= :minSnr", "minSnr", db));
        quality.maxClippedShare().ifPresent(share -> add(clipped + " <= :maxClipped", "maxClipped", share));
    }

    /** Cut, not rounded: nanoseconds are compared where the session is complete. */
    private static OffsetDateTime micros(Instant time) {
        return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private void add(String condition, String name, Object value) {
        conditions.add(condition);
        values.put(name, value);
    }

    private void addAnyOf(String column, String name, Set<String> wanted) {
        if (!wanted.isEmpty()) {
            conditions.add(column + " = ANY(:" + name + ")");
            arrays.put(name, List.copyOf(wanted));
        }
    }

    /** The rows of the sessions after one, the first ones if {@code after} is empty. */
    Query after(Handle handle, String after) {
        String select = own.sessions() ? WITH_OWN : WITHOUT_OWN;
        String sql = select.formatted(
                        own.quality() ? QualityRows.COLUMNS : QualityRows.NO_COLUMNS,
                        own.parts() ? PartRows.COLUMNS : PartRows.NO_COLUMNS)
                + (own.quality() ? QUALITY : "")
                + (own.parts() ? PARTS : "")
                + " WHERE " + String.join("\n   AND ", conditions)
                + "\n   AND s.celery_task_id COLLATE \"C\" > :after"
                + ORDER;
        Query query = handle.createQuery(sql).bind("after", after).bindMap(values);
        arrays.forEach((name, array) -> query.bindArray(name, String.class, array));
        return query;
    }
}
