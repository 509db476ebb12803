package io.heimdall.dataset.ingest;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

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
    CALIBRATION_DB,
    FORMAT,
    CAPTURE,
    CHANNEL,
    STREAM,
    LEVEL_DB,
    CLOCK_SIGMA_S,
    BEARING_DEG,
    BEARING_SIGMA_DEG;

    /** The columns that a table of known sources has. */
    static final Set<Column> NEEDED = EnumSet.range(SESSION_ID, RECORDING);

    /** The columns that a table of unknown sources has. */
    static final Set<Column> NEEDED_OF_UNKNOWN =
            EnumSet.of(SESSION_ID, FREQUENCY_HZ, STATION, STATION_LAT, STATION_LON, RECORDING);

    /** The columns of which one says what a station received: without the recording's, another must be there. */
    static final Set<Column> RECEIVED = EnumSet.of(RECORDING, LEVEL_DB, BEARING_DEG);

    /** Returns the column's name in the header. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the columns' names, separated by commas. */
    static String titles(Collection<Column> columns) {
        return columns.stream().map(Column::title).collect(Collectors.joining(", "));
    }

    /** Returns the names of the columns that a table of known sources has. */
    static String titles() {
        return titles(NEEDED);
    }
}
