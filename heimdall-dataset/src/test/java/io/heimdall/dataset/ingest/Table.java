package io.heimdall.dataset.ingest;

import io.heimdall.features.recording.NpyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table of sessions and its recordings, written into a directory. */
final class Table {
    private final Path directory;
    private final List<Map<Column, String>> rows = new ArrayList<>();

    Table(Path directory) {
        this.directory = directory;
    }

    /** Adds a good row whose recording is written too: noise that follows from session and station. */
    Table row(String session, String station) throws IOException {
        return row(session, station, Map.of());
    }

    /** Adds a row of which some values are others. */
    Table row(String session, String station, Map<Column, String> changes) throws IOException {
        String name = session + "-" + station + ".npy";
        Map<Column, String> values = new EnumMap<>(Column.class);
        values.put(Column.SESSION_ID, session);
        values.put(Column.APPROVED, "true");
        values.put(Column.SOURCE_NAME, "source of " + session);
        values.put(Column.SOURCE_LAT, "45.1");
        values.put(Column.SOURCE_LON, "7.5");
        values.put(Column.FREQUENCY_HZ, "144300000");
        values.put(Column.STATION, station);
        values.put(Column.STATION_LAT, "45.0");
        values.put(Column.STATION_LON, String.valueOf(7 + Math.floorMod(station.hashCode(), 100) / 100.0));
        values.put(Column.RECORDING, "iq/" + name);
        values.put(Column.SAMPLE_RATE_HZ, "12000");
        values.put(Column.START_TIME, "2024-11-24T10:15:30.25Z");
        values.put(Column.CALIBRATION_DB, "-3.5");
        values.putAll(changes);
        rows.add(values);
        if (!changes.containsKey(Column.RECORDING)) {
            NpyWriter.writeComplex(iq(name), noise(name.hashCode(), 2000));
        }
        return this;
    }

    /** Where a recording is. */
    Path iq(String name) throws IOException {
        return Files.createDirectories(directory.resolve("iq")).resolve(name);
    }

    /** Writes the table with the columns that a row has a value of, in their usual order. */
    Path write() throws IOException {
        return write(rows.stream()
                .flatMap(row -> row.keySet().stream())
                .distinct()
                .sorted()
                .toList());
    }

    /** Writes the table. */
    Path write(List<Column> columns) throws IOException {
        String header = columns.stream().map(Column::title).collect(Collectors.joining(","));
        return Files.write(
                directory.resolve("SESSIONS.csv"),
                Stream.concat(
                                Stream.of(header),
                                rows.stream()
                                        .map(row -> columns.stream()
                                                .map(column -> quoted(row.getOrDefault(column, "")))
                                                .collect(Collectors.joining(","))))
                        .toList());
    }

    static float[] noise(long seed, int samples) {
        Random random = new Random(seed);
        float[] iq = new float[2 * samples];
        for (int i = 0; i < iq.length; i++) {
            iq[i] = (float) (0.1 * random.nextGaussian());
        }
        return iq;
    }

    private static String quoted(String value) {
        return value.matches("[^\",\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
