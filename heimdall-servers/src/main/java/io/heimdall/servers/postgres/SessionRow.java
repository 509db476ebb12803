package io.heimdall.servers.postgres;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Recorded;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.rows.Numbers;
import io.heimdall.dataset.rows.PartRows;
import io.heimdall.dataset.rows.QualityRows;
import io.heimdall.dataset.rows.ReceiverRows;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.ObjectKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One measurement and what its session is.
 *
 * @param key the session's key in the database
 * @param session with this measurement alone; empty if the row cannot be used
 * @param id the session's id
 * @param fault why the row cannot be used; empty if it can
 */
record SessionRow(String key, Optional<Session> session, String id, String fault) {

    private static final Set<String> FORMATS = Set.copyOf(Recordings.formats());

    /** Reads a row; one that breaks a rule of the records is told by its {@link #fault}, not by an exception. */
    static SessionRow of(ResultSet row) throws SQLException {
        String key = row.getString("session_key");
        String id = row.getString("task");
        try {
            return new SessionRow(key, Optional.of(session(row, id)), id, "");
        } catch (IllegalArgumentException e) {
            String fault = "measurement " + row.getString("measurement") + " of session " + id + ": " + e.getMessage();
            return new SessionRow(key, Optional.empty(), id, fault);
        }
    }

    private static Session session(ResultSet row, String id) throws SQLException {
        String name = row.getString("source_name");
        return new Session(
                id,
                name == null ? "" : name,
                source(row),
                row.getLong("measured_hz"),
                "approved".equals(row.getString("approval_status")),
                instant(row, "session_start", row.getInt("session_nanos")),
                List.of(measurement(row)));
    }

    private static Optional<GeoPoint> source(ResultSet row) throws SQLException {
        double latitude = row.getDouble("source_latitude");
        if (row.wasNull()) {
            return Optional.empty();
        }
        double longitude = row.getDouble("source_longitude");
        return row.wasNull() ? Optional.empty() : Optional.of(new GeoPoint(latitude, longitude));
    }

    private static Measurement measurement(ResultSet row) throws SQLException {
        boolean own = row.getBoolean("own_measurement");
        Optional<Recorded> recorded = recorded(row, own);
        OptionalDouble level = Numbers.read(row, "signal_strength_db");
        if (recorded.isPresent() && level.isEmpty()) {
            throw new IllegalArgumentException("it has no signal strength");
        }
        int nanos = row.getInt("measurement_nanos");
        boolean timeUnknown = own && row.wasNull();
        return new Measurement(
                ReceiverRows.station(row),
                recorded,
                level,
                timeUnknown ? Optional.empty() : instant(row, "timestamp", nanos),
                ReceiverRows.clockSigmaS(row),
                ReceiverRows.bearing(row));
    }

    private static Optional<Recorded> recorded(ResultSet row, boolean own) throws SQLException {
        String location = row.getString("iq_data_location");
        if (location == null || location.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Recorded(
                ObjectKey.parse(location),
                // A name that no reader has (the column is free text) is no help: then the content tells.
                Optional.ofNullable(row.getString("iq_data_format")).filter(FORMATS::contains),
                PartRows.read(row),
                Numbers.read(row, own ? "sample_rate_hz" : "iq_sample_rate"),
                own ? row.getDouble("calibration_db") : 0,
                QualityRows.read(row)));
    }

    /** The database keeps microseconds; what is beyond them is kept beside. */
    private static Optional<Instant> instant(ResultSet row, String column, int nanos) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                .map(time -> time.toInstant().plusNanos(nanos));
    }
}
