package io.heimdall.dataset.ingest;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of the table of sessions. */
enum Column {
    SESSION_ID,
    APPROVED,
    SOURCE_NAME,
    SOURCE_LAT,
    SOURCE_LON,
    FREQUENCY_HZ,
    STATION,
    STATION_LAT,
    STATION_LON,
    RECORDING,
    SAMPLE_RATE_HZ,
    START_TIME,
    CALIBRATION_DB;

    /** Returns the column's name in the header. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    static String titles() {
        return Stream.of(values()).map(Column::title).collect(Collectors.joining(", "));
    }
}
