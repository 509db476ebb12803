package io.heimdall.dataset.ingest;

import io.heimdall.dataset.Bearing;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what a row says that its station received: a recording, a level, a bearing, or nothing.
 *
 * <p>A word says that a station heard nothing, so that a forgotten cell is not taken for it.
 */
final class ReceivedCells {
    /** What stands in the place of a recording or a level where the station heard nothing. */
    static final String NOTHING = "none";

    private static final Set<String> NOTHINGS = Set.of(NOTHING, "-");
    private static final double MOST_DB = 300;
    private static final double LEAST_CLOCK_S = 1e-12;
    private static final double MOST_CLOCK_S = 86_400;

    private final Cells cells;
    private final Path folder;

    /**
     * Takes the cells of a row.
     *
     * @param folder of the table
     * @throws IllegalArgumentException if they say nothing of what was received, or contradict each other
     */
    ReceivedCells(Cells cells, Path folder) {
        this.cells = cells;
        this.folder = folder;
        List<Column> nothing = Stream.of(Column.RECORDING, Column.LEVEL_DB)
                .filter(this::isNothing)
                .toList();
        boolean bearing = !cells.isEmpty(Column.BEARING_DEG);
        if (isGiven(Column.RECORDING) || isGiven(Column.LEVEL_DB)) {
            return;
        }
        if (nothing.isEmpty() && !bearing) {
            throw new IllegalArgumentException(emptyColumns() + " empty; where the station was in service and heard"
                    + " nothing, write " + NOTHING);
        }
        if (!nothing.isEmpty() && bearing) {
            String column = nothing.get(0).title();
            throw new IllegalArgumentException(column + " '" + cells.raw(nothing.get(0))
                    + "' says that the station heard nothing, and " + Column.BEARING_DEG.title() + " is '"
                    + cells.raw(Column.BEARING_DEG) + "'; leave " + column + " empty for a bearing alone");
        }
    }

    private String emptyColumns() {
        List<Column> there = Stream.of(Column.RECORDING, Column.LEVEL_DB, Column.BEARING_DEG)
                .filter(cells::has)
                .toList();
        return there.stream().map(Column::title).collect(Collectors.joining(" and "))
                + (there.size() == 1 ? " is" : " are");
    }

    private boolean isNothing(Column column) {
        return NOTHINGS.contains(cells.raw(column).toLowerCase(Locale.ROOT));
    }

    private boolean isGiven(Column column) {
        return !cells.isEmpty(column) && !isNothing(column);
    }

    Optional<NamedRecording> recording() {
        return isGiven(Column.RECORDING)
                ? Optional.of(new NamedRecording(file(), cells.fileChoice(), cells.calibrationDb()))
                : Optional.empty();
    }

    private Path file() {
        try {
            String name = cells.raw(Column.RECORDING);
            Path file = folder.resolve(name).normalize();
            String slashes = name.replace('\\', '/');
            if (!slashes.equals(name) && !Files.exists(file) && Files.exists(folder.resolve(slashes))) {
                throw cells.refusal(Column.RECORDING, "the name of a file here; write " + slashes);
            }
            return file;
        } catch (InvalidPathException e) {
            throw cells.refusal(Column.RECORDING, "the name of a file");
        }
    }

    /** Reads the level; a calibration is for recordings, and not added to it. */
    OptionalDouble levelDb() {
        boolean recorded = isGiven(Column.RECORDING);
        if (!isGiven(Column.LEVEL_DB)) {
            if (recorded && isNothing(Column.LEVEL_DB)) {
                cells.warn(Column.LEVEL_DB, "says that the station heard nothing; there is a recording, which counts");
            }
            return OptionalDouble.empty();
        }
        double level = cells.number(
                Column.LEVEL_DB,
                -MOST_DB,
                MOST_DB,
                "decibels in -300..300, or " + NOTHING + " where the station heard nothing");
        if (!recorded && cells.calibrationDb() != 0) {
            cells.warn(
                    Column.CALIBRATION_DB,
                    "is not used: it is for recordings, and " + Column.LEVEL_DB.title()
                            + " is used without a calibration");
        }
        return OptionalDouble.of(level);
    }

    OptionalDouble clockSigmaS() {
        if (cells.isEmpty(Column.CLOCK_SIGMA_S)) {
            return OptionalDouble.empty();
        }
        double sigma = cells.number(
                Column.CLOCK_SIGMA_S,
                LEAST_CLOCK_S,
                MOST_CLOCK_S,
                "seconds in 1e-12..86400, or nothing where the clock is not known",
                ClockAdvice::on);
        if (sigma > 1) {
            cells.warn(Column.CLOCK_SIGMA_S, "is more than a second: expected seconds; a nanosecond is 1e-9 seconds");
        }
        return OptionalDouble.of(sigma);
    }

    Optional<Bearing> bearing() {
        if (cells.isEmpty(Column.BEARING_DEG)) {
            if (!cells.isEmpty(Column.BEARING_SIGMA_DEG)) {
                cells.warn(
                        Column.BEARING_SIGMA_DEG,
                        "is not used: there is no " + Column.BEARING_DEG.title() + " beside it");
            }
            return Optional.empty();
        }
        String expected = "degrees in 0..360, clockwise from true north, or nothing";
        double degrees = cells.number(Column.BEARING_DEG, -180, 360, expected);
        if (degrees < 0) {
            throw cells.refusal(
                    Column.BEARING_DEG,
                    expected + "; write " + Double.toString(degrees + 360).replaceAll("\\.0$", ""));
        }
        if (cells.isEmpty(Column.BEARING_SIGMA_DEG)) {
            throw new IllegalArgumentException(Column.BEARING_DEG.title() + " '" + cells.raw(Column.BEARING_DEG)
                    + "' needs " + Column.BEARING_SIGMA_DEG.title()
                    + ": its standard deviation in degrees, for instance 5");
        }
        double sigma = cells.number(Column.BEARING_SIGMA_DEG, Double.MIN_NORMAL, 180, "degrees above 0, at most 180");
        return Optional.of(new Bearing(degrees, sigma));
    }
}
