package io.heimdall.servers.postgres;

import io.heimdall.dataset.rows.PartRows;
import io.heimdall.dataset.rows.QualityRows;
import io.heimdall.dataset.rows.ReceiverRows;
import java.util.ArrayList;
import java.util.List;

/**
 * The text that asks for sessions and their measurements, one row a measurement, ordered by session.
 *
 * <p>A measurement belongs to a session in one of three ways, each a SELECT of its own:
 * <ul>
 *   <li>its recording lies in the folder of the session's task;
 *   <li>it has no recording, and this library wrote it for the session;
 *   <li>it is a level alone that Heimdall measured while its own session went on, on the frequency of the session's source.
 * </ul>
 */
final class SessionSelect {

    private static final String COLUMNS = """
            SELECT s.id AS session_key, s.celery_task_id AS task, s.session_start, s.approval_status,
                   m.id AS measurement, m.timestamp, m.frequency_hz AS measured_hz, m.signal_strength_db,
                   m.iq_data_location, m.iq_data_format, m.iq_sample_rate,
                   %s,
                   %s,
                   %s,
            """;

    private static final String WITHOUT_OWN = COLUMNS + """
                   false AS own_measurement,
                   k.name AS source_name, k.latitude AS source_latitude, k.longitude AS source_longitude,
                   0 AS session_nanos, NULL::int AS position, 0 AS measurement_nanos,
                   NULL::float AS sample_rate_hz, 0.0::float AS calibration_db
            """;

    private static final String WITH_OWN = COLUMNS + """
                   j.measurement_id IS NOT NULL AS own_measurement,
                   CASE WHEN t.session_id IS NULL THEN k.name ELSE t.source_name END AS source_name,
                   CASE WHEN t.session_id IS NULL THEN k.latitude ELSE t.source_latitude END AS source_latitude,
                   CASE WHEN t.session_id IS NULL THEN k.longitude ELSE t.source_longitude END AS source_longitude,
                   t.start_nanos AS session_nanos, j.position, j.start_nanos AS measurement_nanos,
                   j.sample_rate_hz, j.calibration_db
            """;

    private static final String SESSIONS = """
              FROM heimdall.recording_sessions s
              LEFT JOIN heimdall.known_sources k ON k.id = s.known_source_id
            """;

    private static final String BY_FOLDER = """
              JOIN heimdall.measurements m ON split_part(m.iq_data_location, '/', 5) = s.celery_task_id
                                          AND split_part(m.iq_data_location, '/', 4) = 'sessions'
            """;

    /** That a measurement has no recording. */
    static final String WITHOUT_RECORDING = "(m.iq_data_location IS NULL OR m.iq_data_location = '')";

    private static final String BY_OWN_ROW = """
              JOIN heimdall.training_measurements tie ON tie.session_id = s.id
              JOIN heimdall.measurements m ON m.id = tie.measurement_id AND m.timestamp = tie.measurement_timestamp
                                          AND %s
            """.formatted(WITHOUT_RECORDING);

    private static final String BY_TIME = """
              JOIN heimdall.measurements m ON %s
                   AND m.signal_strength_db IS NOT NULL AND m.frequency_hz = k.frequency_hz
                   AND m.timestamp >= s.session_start
                   AND m.timestamp <= COALESCE(s.session_end,
                                               s.session_start + s.duration_seconds * interval '1 second')
            """.formatted(WITHOUT_RECORDING);

    private static final String STATION = "  JOIN heimdall.websdr_stations w ON w.id = m.websdr_station_id\n";

    private static final String OWN = """
              LEFT JOIN heimdall.training_sessions t ON t.session_id = s.id
              LEFT JOIN heimdall.training_measurements j ON j.measurement_id = m.id AND j.session_id = s.id
            """;

    private static final String NOT_OWN = """
            t.session_id IS NULL
               AND NOT EXISTS (SELECT 1 FROM heimdall.training_measurements o WHERE o.measurement_id = m.id)""";

    private static final String RECEIVERS = "  LEFT JOIN heimdall.training_receivers r ON r.measurement_id = m.id\n";
    private static final String QUALITY = "  LEFT JOIN heimdall.training_quality q ON q.measurement_id = m.id\n";
    private static final String PARTS = "  LEFT JOIN heimdall.training_parts part ON part.measurement_id = m.id\n";

    /** A recording comes before a level alone of the same station. */
    private static final String ORDER = """
            ORDER BY x.task COLLATE "C", x.session_key, x.position, x.station COLLATE "C",
                     x.iq_data_location IS NULL OR x.iq_data_location = '', x.timestamp""";

    private SessionSelect() {}

    /**
     * Returns the text.
     *
     * @param conditions that every row meets
     * @param folder a further condition where the recording's folder ties; empty for none
     */
    static String of(OwnTables own, List<String> conditions, List<String> folder) {
        List<String> selects = new ArrayList<>();
        selects.add(select(own, BY_FOLDER, joined(conditions, folder)));
        selects.add(select(own, BY_TIME, joined(conditions, own.sessions() ? List.of(NOT_OWN) : List.of())));
        if (own.sessions()) {
            selects.add(select(own, BY_OWN_ROW, conditions));
        }
        return "SELECT * FROM (\n" + String.join("\nUNION ALL\n", selects) + "\n) x\n" + ORDER;
    }

    private static List<String> joined(List<String> one, List<String> other) {
        List<String> all = new ArrayList<>(one);
        all.addAll(other);
        return all;
    }

    private static String select(OwnTables own, String tie, List<String> conditions) {
        String columns = (own.sessions() ? WITH_OWN : WITHOUT_OWN)
                .formatted(
                        own.receivers() ? ReceiverRows.COLUMNS : ReceiverRows.NO_COLUMNS,
                        own.quality() ? QualityRows.COLUMNS : QualityRows.NO_COLUMNS,
                        own.parts() ? PartRows.COLUMNS : PartRows.NO_COLUMNS);
        return columns
                + SESSIONS
                + tie
                + STATION
                + (own.sessions() ? OWN : "")
                + (own.receivers() ? RECEIVERS : "")
                + (own.quality() ? QUALITY : "")
                + (own.parts() ? PARTS : "")
                + " WHERE " + String.join("\n   AND ", conditions);
    }
}
