package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.ObjectKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The values of one row; each is checked when asked for.
 *
 * <p>All methods throw {@link IllegalArgumentException} with the column, the value found and what was expected.
 */
record Cells(Map<Column, String> values) {
    /** What file systems take as a name. */
    private static final int MAX_ID_BYTES = 200;

    String text(Column column) {
        String value = values.get(column);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(column.title() + " is empty");
        }
        return value;
    }

    String sessionId() {
        String id = text(Column.SESSION_ID);
        if (!ObjectKey.isSegment(id) || id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
            throw refusal(
                    Column.SESSION_ID,
                    "a name of at most " + MAX_ID_BYTES + " bytes without slashes, backslashes and control characters");
        }
        return id;
    }

    boolean flag(Column column) {
        return switch (text(column).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw refusal(column, "true or false");
        };
    }

    /** Reads a point, of which both numbers or none must be there. */
    Optional<GeoPoint> point(Column latitude, Column longitude) {
        if (values.get(latitude).isEmpty() && values.get(longitude).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new GeoPoint(
                number(latitude, -90, 90, "degrees in -90..90"), number(longitude, -180, 180, "degrees in -180..180")));
    }

    /** Reads a positive integer; 77500.0 and 1.443e8 are some too. */
    long frequencyHz() {
        String expected = "a positive whole number of hertz";
        text(Column.FREQUENCY_HZ);
        try {
            long value = new BigDecimal(values.get(Column.FREQUENCY_HZ)).longValueExact();
            if (value > 0) {
                return value;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw refusal(Column.FREQUENCY_HZ, expected);
        }
        throw refusal(Column.FREQUENCY_HZ, expected);
    }

    OptionalDouble sampleRateHz() {
        return values.get(Column.SAMPLE_RATE_HZ).isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(number(
                        Column.SAMPLE_RATE_HZ,
                        Double.MIN_NORMAL,
                        Math.nextDown(1e12),
                        "a positive number of hertz below 1e12, or nothing"));
    }

    double calibrationDb() {
        return values.get(Column.CALIBRATION_DB).isEmpty()
                ? 0
                : number(Column.CALIBRATION_DB, -1000, 1000, "decibels in -1000..1000, or nothing");
    }

    Optional<Instant> startTime() {
        String value = values.get(Column.START_TIME);
        try {
            // Some programs write a blank where the standard has a T.
            return value.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            OffsetDateTime.parse(value.replaceFirst(" ", "T")).toInstant());
        } catch (DateTimeException e) {
            throw refusal(Column.START_TIME, "a time with its offset such as 2026-11-24T10:15:30.5Z, or nothing");
        }
    }

    Path recording(Path folder) {
        try {
            return folder.resolve(text(Column.RECORDING)).normalize();
        } catch (InvalidPathException e) {
            throw refusal(Column.RECORDING, "the name of a file");
        }
    }

    private double number(Column column, double least, double most, String expected) {
        text(column);
        try {
            // Unlike Double's, this syntax has no NaN, hexadecimals or type suffixes. Adding zero makes of -0 a 0.
            double value = new BigDecimal(values.get(column)).doubleValue() + 0.0;
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refusal(column, expected);
        }
        throw refusal(column, expected);
    }

    private IllegalArgumentException refusal(Column column, String expected) {
        return new IllegalArgumentException(column.title() + " '" + values.get(column) + "' is not " + expected);
    }
}
