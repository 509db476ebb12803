package io.heimdall.dataset.rows;

import io.heimdall.dataset.Bearing;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Measurement;
import io.heimdall.dataset.Station;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Rows of the table {@code training_receivers}, the same in every catalogue. A measurement that this library did not
 * write has no row; its position is that of its station's row.
 */
public final class ReceiverRows {

    /** What {@link #station} and the others want of the table, which is called {@code r}, and of the stations, {@code w}. */
    public static final String COLUMNS = "w.name AS station, COALESCE(r.latitude, w.latitude) AS latitude,"
            + " COALESCE(r.longitude, w.longitude) AS longitude, r.clock_sigma_s, r.bearing_deg, r.bearing_sigma_deg";

    /** What {@link #COLUMNS} gives where there is no such table. */
    public static final String NO_COLUMNS = "w.name AS station, w.latitude, w.longitude, NULL::float AS clock_sigma_s,"
            + " NULL::float AS bearing_deg, NULL::float AS bearing_sigma_deg";

    /** The end of an INSERT whose values are {@code :measurement} and {@link #values}. */
    public static final String VALUES = """
            (measurement_id, latitude, longitude, clock_sigma_s, bearing_deg, bearing_sigma_deg)
            VALUES (:measurement, :latitude, :longitude, :clockSigmaS, :bearingDeg, :bearingSigmaDeg)""";

    private ReceiverRows() {}

    /** Reads the station, where it stood. */
    public static Station station(ResultSet row) throws SQLException {
        return new Station(
                row.getString("station"), new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude")));
    }

    /** Reads the standard deviation of the clock, seconds. */
    public static OptionalDouble clockSigmaS(ResultSet row) throws SQLException {
        return Numbers.read(row, "clock_sigma_s");
    }

    /** Reads the bearing. */
    public static Optional<Bearing> bearing(ResultSet row) throws SQLException {
        OptionalDouble degrees = Numbers.read(row, "bearing_deg");
        return degrees.isEmpty()
                ? Optional.empty()
                : Optional.of(new Bearing(degrees.getAsDouble(), row.getDouble("bearing_sigma_deg")));
    }

    /** Returns the values of {@link #VALUES}, but the measurement's, by name. */
    public static Map<String, Object> values(Measurement measurement) {
        Map<String, Object> values = new HashMap<>(); // for it takes null
        values.put("latitude", measurement.station().position().latitude());
        values.put("longitude", measurement.station().position().longitude());
        values.put("clockSigmaS", Numbers.boxed(measurement.clockSigmaS()));
        values.put("bearingDeg", measurement.bearing().map(Bearing::degrees).orElse(null));
        values.put(
                "bearingSigmaDeg",
                measurement.bearing().map(Bearing::sigmaDegrees).orElse(null));
        return values;
    }
}
