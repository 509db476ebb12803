package io.heimdall.spark;

import io.heimdall.files.NewFile;
import io.heimdall.localization.map.GeoJson;
import io.heimdall.localization.map.MapFeature;
import io.heimdall.localization.map.MapFolder;
import io.heimdall.localization.map.MapShape;
import io.heimdall.localization.map.MapStyle;
import io.heimdall.localization.region.GroundPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A GeoJSON file of {@linkplain LocatedRow located sessions}: a point a row, at the mean, with the other columns as its properties. It
 * appears when it is whole, in place of an older one.
 */
final class LocatedMap implements AutoCloseable {
    private final NewFile file;
    private final GeoJson json;

    /**
     * Begins a file.
     *
     * @throws IOException if its folder is not there, or cannot be written to
     */
    LocatedMap(Path file) throws IOException {
        this.file = NewFile.at(file);
        this.json = new GeoJson(this.file.out());
    }

    /** Adds a row of {@link LocatedRow}. */
    void add(Map<String, Object> row) throws IOException {
        Map<String, Object> properties = new LinkedHashMap<>(row);
        double latitude = (double) properties.remove("latitude");
        double longitude = (double) properties.remove("longitude");
        String name = (String) row.get("sample");
        json.write(new MapFolder(
                name,
                List.of(new MapFeature(
                        name,
                        MapStyle.POSITION,
                        new MapShape.Point(GroundPoint.nearest(latitude, longitude)),
                        properties))));
    }

    /** Gives the file its name. */
    void publish() throws IOException {
        json.end();
        file.finish();
    }

    /** Removes what was not published. */
    @Override
    public void close() {
        file.close();
    }
}
