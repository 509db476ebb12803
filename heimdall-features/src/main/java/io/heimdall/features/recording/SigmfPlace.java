package io.heimdall.features.recording;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Where a receiver stood: the value of {@code core:geolocation}, a point of GeoJSON. */
final class SigmfPlace {
    static final String KEY = "core:geolocation";

    private static final String EXPECTED = "a Point with its longitude (-180..180) first, then its latitude (-90..90)";

    private SigmfPlace() {}

    /** Reads the place of a capture or of the whole recording, with a warning where it is not understood. */
    static Optional<Position> of(JsonFields fields) {
        Optional<Object> value = fields.get(KEY);
        Optional<Position> place = value.flatMap(SigmfPlace::point);
        if (value.isPresent() && place.isEmpty()) {
            fields.warn(KEY, value.get(), EXPECTED, "the position is unknown");
        }
        return place;
    }

    private static Optional<Position> point(Object value) {
        if (!(value instanceof JsonFields point)
                || !point.text("type").orElse("Point").strip().equalsIgnoreCase("Point")
                || !(point.get("coordinates").orElse(null) instanceof List<?> at)
                || at.size() < 2) {
            return Optional.empty();
        }
        OptionalDouble longitude = JsonFields.number(at.get(0));
        OptionalDouble latitude = JsonFields.number(at.get(1));
        if (!within(longitude, 180) || !within(latitude, 90)) {
            return Optional.empty();
        }
        OptionalDouble altitude = at.size() > 2 ? JsonFields.number(at.get(2)) : OptionalDouble.empty();
        return Optional.of(new Position(
                latitude.getAsDouble(),
                longitude.getAsDouble(),
                within(altitude, Double.MAX_VALUE) ? altitude : OptionalDouble.empty()));
    }

    private static boolean within(OptionalDouble degrees, double most) {
        return degrees.isPresent() && Math.abs(degrees.getAsDouble()) <= most;
    }
}
