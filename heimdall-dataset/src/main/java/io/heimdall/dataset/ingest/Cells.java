package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.files.ObjectKey;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The values of one row; each is checked when asked for.
 *
 * <p>All methods throw {@link IllegalArgumentException} with the column, the value found and what was expected.
 */
final class Cells {
    /** What file systems take as a name. */
    private static final int MAX_ID_BYTES = 200;

    private final long line;
    private final Map<Column, String> values;
    private final Syntax syntax;
    private final List<RowWarning> warnings = new ArrayList<>();

    /**
     * What cells of a table may hold.
     *
     * @param decimalCommas whether {@code 7,5} is a number
     * @param formats names of the formats that recordings may have
     */
    record Syntax(boolean decimalCommas, List<String> formats) {}

    /**
     * Takes the values of a row.
     *
     * @param line on which the row begins
     * @param values by column; a column that the table does not have is missing
     */
    Cells(long line, Map<Column, String> values, Syntax syntax) {
        this.line = line;
        this.values = values;
        this.syntax = syntax;
    }

    /** Returns a value as it stands; empty text where there is none. */
    String raw(Column column) {
        return values.getOrDefault(column, "");
    }

    /** Returns whether the table has the column. */
    boolean has(Column column) {
        return values.containsKey(column);
    }

    boolean isEmpty(Column column) {
        return raw(column).isEmpty();
    }

    /** Returns what is odd about the values that were asked for. */
    List<RowWarning> warnings() {
        return warnings;
    }

    String text(Column column) {
        if (isEmpty(column)) {
            throw new IllegalArgumentException(column.title() + " is empty");
        }
        return raw(column);
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

    /** Reads a truth value, also as spreadsheets of some languages write it. */
    boolean flag(Column column) {
        return switch (text(column).toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "1", "vero", "wahr", "vrai", "verdadero" -> true;
            case "false", "no", "n", "0", "falso", "falsch", "faux" -> false;
            default -> throw refusal(column, "true or false");
        };
    }

    /** Reads a point, of which both numbers or none must be there. */
    Optional<GeoPoint> point(Column latitude, Column longitude) {
        if (isEmpty(latitude) && isEmpty(longitude)) {
            return Optional.empty();
        }
        double north = number(latitude, -180, 180, "degrees in -90..90", AngleAdvice::on);
        double east = number(longitude, -180, 180, "degrees in -180..180", AngleAdvice::on);
        if (Math.abs(north) > 90) {
            String exchanged = Math.abs(east) <= 90
                    ? "; " + longitude.title() + " '" + raw(longitude) + "' is: they look exchanged"
                    : "";
            throw new IllegalArgumentException(
                    latitude.title() + " '" + raw(latitude) + "' is not degrees in -90..90" + exchanged);
        }
        return Optional.of(new GeoPoint(north, east));
    }

    /** Reads a positive integer; 77500.0 and 1.443e8 are some too. */
    long frequencyHz() {
        String text = text(Column.FREQUENCY_HZ);
        try {
            long value = new BigDecimal(numeral(Column.FREQUENCY_HZ)).longValueExact();
            if (value > 0) {
                return value;
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw refusal(Column.FREQUENCY_HZ, "a positive whole number of hertz" + FrequencyAdvice.on(text));
        }
        throw refusal(Column.FREQUENCY_HZ, "a positive whole number of hertz");
    }

    OptionalDouble sampleRateHz() {
        return isEmpty(Column.SAMPLE_RATE_HZ)
                ? OptionalDouble.empty()
                : OptionalDouble.of(number(
                        Column.SAMPLE_RATE_HZ,
                        Double.MIN_NORMAL,
                        Math.nextDown(1e12),
                        "a positive number of hertz below 1e12, or nothing"));
    }

    double calibrationDb() {
        return isEmpty(Column.CALIBRATION_DB)
                ? 0
                : number(Column.CALIBRATION_DB, -1000, 1000, "decibels in -1000..1000, or nothing");
    }

    /** Reads a time; one without its offset is taken for UTC, with a warning. */
    Optional<Instant> startTime() {
        if (isEmpty(Column.START_TIME)) {
            return Optional.empty();
        }
        String text = raw(Column.START_TIME);
        TableTime time = TableTime.parse(text)
                .orElseThrow(() -> refusal(
                        Column.START_TIME,
                        "a time such as 2026-11-24T10:15:30.5Z, or nothing"
                                + TimeAdvice.on(text)
                                        .map(advice -> "; " + advice)
                                        .orElse("")));
        if (!time.zoned()) {
            warn(Column.START_TIME, "has no offset and is read as UTC: append Z, or an offset such as +01:00");
        }
        StartDates.fault(time.instant()).ifPresent(fault -> warn(Column.START_TIME, fault));
        return Optional.of(time.instant());
    }

    /** Reads how the recording's file is to be read. */
    FileChoice fileChoice() {
        return new FileChoice(
                format(),
                sampleRateHz(),
                index(Column.CHANNEL),
                index(Column.CAPTURE),
                isEmpty(Column.STREAM) ? Optional.empty() : Optional.of(raw(Column.STREAM)));
    }

    private Optional<String> format() {
        if (isEmpty(Column.FORMAT)) {
            return Optional.empty();
        }
        String name = raw(Column.FORMAT).toLowerCase(Locale.ROOT);
        if (!syntax.formats().contains(name)) {
            throw refusal(Column.FORMAT, "one of " + String.join(", ", syntax.formats()) + ", or nothing");
        }
        return Optional.of(name);
    }

    private OptionalInt index(Column column) {
        if (isEmpty(column)) {
            return OptionalInt.empty();
        }
        String expected = "a whole number from 0 (the first) on, or nothing";
        try {
            int index = new BigDecimal(numeral(column)).intValueExact();
            if (index >= 0) {
                return OptionalInt.of(index);
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw refusal(column, expected);
        }
        throw refusal(column, expected);
    }

    double number(Column column, double least, double most, String expected) {
        return number(column, least, most, expected, Quantity::plain);
    }

    /** Reads a number, or gives advice on a text that is none. */
    double number(
            Column column, double least, double most, String expected, Function<String, Optional<String>> advice) {
        text(column);
        try {
            // Unlike Double's, this syntax has no NaN, hexadecimals or type suffixes. Adding zero makes of -0 a 0.
            double value = new BigDecimal(numeral(column)).doubleValue() + 0.0;
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw refusal(
                    column,
                    expected
                            + advice.apply(raw(column))
                                    .map(written -> "; write " + written)
                                    .orElse(""));
        }
        throw refusal(column, expected);
    }

    private String numeral(Column column) {
        return syntax.decimalCommas() ? Quantity.withPoint(raw(column)) : raw(column);
    }

    void warn(Column column, String fault) {
        String value = raw(column);
        warnings.add(new RowWarning(
                line, raw(Column.SESSION_ID), "", column.title(), value, column.title() + " '" + value + "' " + fault));
    }

    IllegalArgumentException refusal(Column column, String expected) {
        return new IllegalArgumentException(column.title() + " '" + raw(column) + "' is not " + expected);
    }
}
