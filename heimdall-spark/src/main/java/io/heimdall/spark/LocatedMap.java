package io.heimdall.spark;

import io.heimdall.localization.map.GeoJson;
import io.heimdall.localization.map.MapFeature;
import io.heimdall.localization.map.MapShape;
import io.heimdall.localization.map.MapStyle;
import io.heimdall.localization.region.GroundPoint;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A GeoJSON file of {@linkplain LocatedRow located sessions}: a point a row, at the mean, with the other columns as its properties. It
 * appears when it is whole, in place of an older one.
 */
final class LocatedMap implements AutoCloseable {
    private final AsideFile file;
    private final OutputStream out;
    private final GeoJson json;
    private boolean ended;

    /**
     * Begins a file.
     *
     * @throws IOException if its folder is not there, or cannot be written to
     */
    LocatedMap(Path file) throws IOException {
        this.file = new AsideFile(file);
        this.out = new BufferedOutputStream(Files.newOutputStream(this.file.path()), 1 << 16);
        this.json = GeoJson.begin(out);
    }

    /** Adds a row of {@link LocatedRow}. */
    void add(Map<String, Object> row) throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>(row);
        double latitude = (double) properties.remove("latitude");
        double longitude = (double) properties.remove("longitude");
        json.add(new MapFeature(
                (String) row.get("sample"),
                MapStyle.POSITION,
                new MapShape.Point(GroundPoint.nearest(latitude, longitude)),
                properties));
    }

    /** Gives the file its name. */
    void publish() throws IOException {
        end();
        file.publish();
    }

    private void end() throws IOException {
        if (!ended) {
            ended = true;
            try (out) {
                json.close();
            }
        }
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        try (file) {
            end();
        }
    }
}
