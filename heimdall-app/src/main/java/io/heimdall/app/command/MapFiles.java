package io.heimdall.app.command;

import io.heimdall.pipeline.report.LocationMap;
import io.heimdall.pipeline.report.PredictionMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The files for maps that a command writes of estimates. */
final class MapFiles {
    @Option(
            names = "--geojson",
            paramLabel = "FILE",
            description =
                    "Write a GeoJSON file for QGIS or geojson.io: the regions of 50, 68, 90 and 95 %% as polygons;"
                            + " positions, medians and stations as points.")
    private Path geoJson;

    @Option(names = "--kml", paramLabel = "FILE", description = "Write the same as a KML file for Google Earth.")
    private Path kml;

    MapFiles() {}

    /** Returns whether there is something to write. */
    boolean areAsked() {
        return geoJson != null || kml != null;
    }

    /**
     * Checks that the files can be written and take the place of nothing that is read, nor of each other.
     *
     * @param read files of the same command
     * @param html what the command writes as well, {@code --html}; null if nothing
     * @throws IllegalArgumentException if one is a directory, or one of {@code read}, or two are the same
     * @throws NoSuchFileException if a directory is not there
     */
    void check(List<Path> read, Path html) throws IOException {
        Map<String, Path> written = new LinkedHashMap<>();
        written.put("--html", html);
        written.put("--geojson", geoJson);
        written.put("--kml", kml);
        written.values().removeIf(file -> file == null);
        Map<String, Path> before = new LinkedHashMap<>();
        for (Map.Entry<String, Path> one : written.entrySet()) {
            check(one.getKey(), one.getValue(), read);
            for (Map.Entry<String, Path> other : before.entrySet()) {
                if (same(other.getValue(), one.getValue())) {
                    throw new IllegalArgumentException(
                            other.getKey() + " and " + one.getKey() + " are the same file, " + one.getValue());
                }
            }
            before.put(one.getKey(), one.getValue());
        }
    }

    /**
     * Checks that a file can be written and takes the place of nothing that is read.
     *
     * @throws IllegalArgumentException if it is a directory, or one of {@code read}
     * @throws NoSuchFileException if its directory is not there
     */
    static void check(String option, Path file, List<Path> read) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(option + " " + file + " is a directory, expected a file's name");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(String.valueOf(directory));
        }
        if (!Files.isWritable(directory)) {
            throw new IllegalArgumentException(option + " " + file + ": nothing can be written into " + directory);
        }
        for (Path other : read) {
            if (same(file, other)) {
                throw new IllegalArgumentException(
                        option + " " + file + " would overwrite an input file: give another name");
            }
        }
    }

    private static boolean same(Path one, Path other) throws IOException {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize())
                || Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
    }

    /** Begins the files that were asked for. */
    PredictionMap open() throws IOException {
        return PredictionMap.open(Optional.ofNullable(geoJson), Optional.ofNullable(kml));
    }

    /** Returns the files that were asked for. */
    List<Path> asked() {
        return Stream.of(geoJson, kml).filter(file -> file != null).toList();
    }

    /** Writes the files that were asked for and returns them. */
    List<Path> write(LocationMap map) throws IOException {
        if (geoJson != null) {
            map.writeGeoJson(geoJson);
        }
        if (kml != null) {
            map.writeKml(kml);
        }
        return asked();
    }
}
