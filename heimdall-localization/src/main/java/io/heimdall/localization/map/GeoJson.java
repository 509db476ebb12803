package io.heimdall.localization.map;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundPolygon;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes features as a GeoJSON FeatureCollection, one feature in each line, with the colours of simplestyle, which
 * geojson.io draws.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7946">RFC 7946</a>
 * @see <a href="https://github.com/mapbox/simplestyle-spec/tree/master/1.1.0">simplestyle 1.1</a>
 */
public final class GeoJson implements AutoCloseable {
    private static final int DECIMALS = 7;

    private final JsonGenerator json;

    private GeoJson(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Begins a collection.
     *
     * @param out stays open
     */
    public static GeoJson begin(OutputStream out) throws IOException {
        JsonFactory factory = new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        GeoJson geoJson = new GeoJson(factory.createGenerator(out, JsonEncoding.UTF8));
        geoJson.json.writeStartObject();
        geoJson.json.writeStringField("type", "FeatureCollection");
        geoJson.json.writeArrayFieldStart("features");
        return geoJson;
    }

    /**
     * Writes folders one after another; it asks for the next when it has written one.
     *
     * @param out stays open
     */
    public static void write(Iterator<MapFolder> folders, OutputStream out) throws IOException {
        try (GeoJson geoJson = begin(out)) {
            while (folders.hasNext()) {
                for (MapFeature feature : folders.next().features()) {
                    geoJson.add(feature);
                }
            }
        }
    }

    /** Writes a feature. */
    public void add(MapFeature feature) throws IOException {
        json.writeRaw('\n');
        feature(feature);
    }

    /** Ends the collection. */
    @Override
    public void close() throws IOException {
        json.writeRaw('\n');
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private void feature(MapFeature feature) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "Feature");
        json.writeObjectFieldStart("properties");
        json.writeStringField("name", feature.name());
        for (Map.Entry<String, Object> property : feature.properties().entrySet()) {
            json.writeObjectField(property.getKey(), property.getValue());
        }
        style(feature);
        json.writeEndObject();
        json.writeObjectFieldStart("geometry");
        if (feature.shape() instanceof MapShape.Point point) {
            json.writeStringField("type", "Point");
            json.writeFieldName("coordinates");
            position(point.at());
        } else if (feature.shape() instanceof MapShape.Area area) {
            area(area.polygons());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void style(MapFeature feature) throws IOException {
        String colour = "#" + feature.style().colour();
        if (feature.shape() instanceof MapShape.Point) {
            json.writeStringField("marker-color", colour);
            json.writeStringField("marker-size", feature.style() == MapStyle.STATION ? "small" : "medium");
        } else {
            json.writeStringField("fill", colour);
            json.writeNumberField("fill-opacity", 0.15);
            json.writeStringField("stroke", colour);
            json.writeNumberField("stroke-width", 1);
        }
    }

    private void area(List<GroundPolygon> polygons) throws IOException {
        boolean several = polygons.size() > 1;
        json.writeStringField("type", several ? "MultiPolygon" : "Polygon");
        json.writeFieldName("coordinates");
        if (several) {
            json.writeStartArray();
        }
        for (GroundPolygon polygon : polygons) {
            json.writeStartArray();
            ring(polygon.outer());
            for (List<GroundPoint> hole : polygon.holes()) {
                ring(hole);
            }
            json.writeEndArray();
        }
        if (several) {
            json.writeEndArray();
        }
    }

    private void ring(List<GroundPoint> points) throws IOException {
        json.writeStartArray();
        for (GroundPoint point : points) {
            position(point);
        }
        json.writeEndArray();
    }

    private void position(GroundPoint point) throws IOException {
        json.writeStartArray();
        json.writeNumber(decimal(point.longitude()));
        json.writeNumber(decimal(point.latitude()));
        json.writeEndArray();
    }

    /** Returns degrees to the centimetre, never as a power of ten. */
    static String decimal(double degrees) {
        BigDecimal rounded = BigDecimal.valueOf(degrees).setScale(DECIMALS, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }
}
