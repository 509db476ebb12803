package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import java.time.Instant;

/**
 * A row of a KrakenSDR's log.
 *
 * @param time when the signal was heard
 * @param peakDegrees direction of the highest peak, as the log has it
 * @param confidence 0 or more
 * @param frequencyHz positive
 * @param station the receiver's name
 * @param position of the receiver
 * @param headingDegrees of the array's front, clockwise from true north
 */
record KrakenRow(
        Instant time,
        double peakDegrees,
        double confidence,
        long frequencyHz,
        String station,
        GeoPoint position,
        double headingDegrees) {
    private static final int LEAST_COLUMNS = 11;
    private static final int COMPASS = 11;
    private static final int MAIN_HEADING = 12;
    private static final double MOST_CONFIDENCE = 1e6;

    /** The first KrakenSDRs were delivered in 2022; a clock that was not set says 1970 or the day of its image. */
    private static final Instant EARLIEST = Instant.parse("2021-01-01T00:00:00Z");

    /**
     * Reads a row.
     *
     * @throws IllegalArgumentException naming the column, the value and what was expected
     */
    static KrakenRow parse(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length < LEAST_COLUMNS) {
            throw new IllegalArgumentException("has " + cells.length + " columns, a log of the format 'Kraken App' has "
                    + LEAST_COLUMNS + " or more: time, direction, confidence, RSSI, frequency, array, latency, station,"
                    + " latitude, longitude, heading");
        }
        Instant time = Instant.ofEpochMilli((long) number(cells, 0, "time", 0, 1e14, "milliseconds since 1970"));
        if (time.isBefore(EARLIEST)) {
            throw new IllegalArgumentException("time " + cells[0].strip() + " is " + time
                    + ": the receiver's clock was not set, or the time is not in milliseconds");
        }
        StartDates.fault(time).ifPresent(fault -> {
            throw new IllegalArgumentException("time " + cells[0].strip() + " is " + time + ", which " + fault);
        });
        String station = cells[7].strip();
        if (station.isEmpty()) {
            throw new IllegalArgumentException("station is empty: give it a name in the receiver's settings");
        }
        GeoPoint position = new GeoPoint(
                number(cells, 8, "latitude", -90, 90, "degrees in -90..90"),
                number(cells, 9, "longitude", -180, 180, "degrees in -180..180"));
        if (position.latitude() == 0 && position.longitude() == 0) {
            throw new IllegalArgumentException(
                    "latitude and longitude are 0: the receiver did not know where it was (no GNSS, no position set)");
        }
        boolean compass =
                cells.length > MAIN_HEADING && cells[MAIN_HEADING].strip().equalsIgnoreCase("Compass");
        return new KrakenRow(
                time,
                number(cells, 1, "direction", -360, 360, "degrees in -360..360"),
                number(cells, 2, "confidence", 0, MOST_CONFIDENCE, "0 or more"),
                (long) number(cells, 4, "frequency", 1, 1e12, "hertz above 0"),
                station,
                position,
                number(cells, compass ? COMPASS : COMPASS - 1, "heading", -360, 360, "degrees in -360..360"));
    }

    private static double number(String[] cells, int column, String name, double least, double most, String expected) {
        String text = cells[column].strip();
        try {
            double value = Double.parseDouble(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "column " + (column + 1) + " (" + name + ") '" + text + "' is not " + expected, e);
        }
        throw new IllegalArgumentException(
                "column " + (column + 1) + " (" + name + ") '" + text + "' is not " + expected);
    }
}
