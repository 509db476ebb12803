package io.heimdall.pipeline.report;

import io.heimdall.files.NewFile;
import io.heimdall.localization.map.GeoJson;
import io.heimdall.localization.map.Kml;
import io.heimdall.localization.map.MapFolder;
import io.heimdall.localization.map.MapWriter;
import io.heimdall.pipeline.prediction.Prediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes predictions on a map while they come: the regions of 95, 90, 68 and 50 % as polygons; the mean, the spatial median and, where
 * known, the true place as points; and each station that heard one of the sessions, once for each of its positions. Predictions are not
 * kept. Files appear whole, when the map is finished, or not at all. For one thread.
 *
 * <p>The property {@code kind} of a feature is region, position, median, source or station.
 */
public final class PredictionMap implements AutoCloseable {
    private final PredictionFolders folders = new PredictionFolders();
    private final List<NewFile> files = new ArrayList<>();
    private final List<MapWriter> writers = new ArrayList<>();

    private PredictionMap() {}

    /**
     * Begins files.
     *
     * @param geoJson replaced where there is one
     * @param kml replaced where there is one
     * @throws IOException if one cannot be written
     */
    public static PredictionMap open(Optional<Path> geoJson, Optional<Path> kml) throws IOException {
        PredictionMap map = new PredictionMap();
        try {
            if (geoJson.isPresent()) {
                map.writers.add(new GeoJson(map.file(geoJson.get()).out()));
            }
            if (kml.isPresent()) {
                map.writers.add(new Kml("Heimdall", map.file(kml.get()).out()));
            }
            return map;
        } catch (IOException | RuntimeException e) {
            map.close();
            throw e;
        }
    }

    private NewFile file(Path path) throws IOException {
        NewFile file = NewFile.at(path);
        files.add(file);
        return file;
    }

    /**
     * Writes a prediction.
     *
     * @throws IOException if a file cannot be written
     */
    public void add(Prediction prediction) throws IOException {
        if (writers.isEmpty()) {
            return;
        }
        if (prediction instanceof Prediction.ByLevels levels) {
            write(folders.of(levels.estimate()));
        } else if (prediction instanceof Prediction.ByEvidence all) {
            write(folders.of(all.located()));
        }
    }

    private void write(MapFolder folder) throws IOException {
        for (MapWriter writer : writers) {
            writer.write(folder);
        }
    }

    /**
     * Writes the stations and the ends, and gives the files their names.
     *
     * @throws IOException if that cannot be done; older files stay as they were
     */
    public void finish() throws IOException {
        write(folders.stations());
        for (MapWriter writer : writers) {
            writer.end();
        }
        for (NewFile file : files) {
            file.finish();
        }
    }

    /** Removes what was written unless it is finished. */
    @Override
    public void close() {
        files.forEach(NewFile::close);
    }
}
