package io.heimdall.pipeline.report;

import io.heimdall.files.WholeFile;
import io.heimdall.localization.map.GeoJson;
import io.heimdall.localization.map.Kml;
import io.heimdall.localization.map.MapFolder;
import io.heimdall.pipeline.location.LocatedSession;
import io.heimdall.pipeline.prediction.Estimate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Estimates on a map: the regions of 95, 90, 68 and 50 % as polygons; the mean, the spatial median and, where known,
 * the true place as points; and each station that heard one of the sessions, once for each of its positions.
 *
 * <p>The property {@code kind} of a feature is region, position, median, source or station.
 *
 * @param estimates by levels, in the order of the map's folders
 * @param located by further evidence, in folders behind them
 */
public record PosteriorMap(List<Estimate> estimates, List<LocatedSession> located) {
    /** Copies the lists. */
    public PosteriorMap {
        estimates = List.copyOf(estimates);
        located = List.copyOf(located);
    }

    /** Makes a map of estimates by levels alone. */
    public PosteriorMap(List<Estimate> estimates) {
        this(estimates, List.of());
    }

    /**
     * Writes a GeoJSON file, whole or not at all.
     *
     * @param file replaced where there is one
     */
    public void writeGeoJson(Path file) throws IOException {
        WholeFile.write(file, out -> GeoJson.write(folders(), out));
    }

    /**
     * Writes a KML file, whole or not at all.
     *
     * @param file replaced where there is one
     */
    public void writeKml(Path file) throws IOException {
        WholeFile.write(file, out -> Kml.write("Heimdall", folders(), out));
    }

    /** Returns the folders one by one, since the polygons of many estimates are large. */
    private Iterator<MapFolder> folders() {
        PredictionFolders folders = new PredictionFolders();
        return Stream.concat(
                        Stream.concat(
                                estimates.stream().map(folders::of),
                                located.stream().map(folders::of)),
                        Stream.of(folders).map(PredictionFolders::stations))
                .iterator();
    }
}
