package io.heimdall.pipeline.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.localization.region.GroundPoint;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The part of the earth that a page's map draws behind the stations: land, borders and larger towns. It is cut out of a resource that
 * {@code dev/earth.py} makes of Natural Earth and GeoNames.
 *
 * @param west edge, degrees
 * @param south edge, degrees
 * @param east edge, degrees
 * @param north edge, degrees
 * @param land rings, each x, y, dx, dy, dx, dy, ... in thousandths of a degree
 * @param borders lines, likewise
 * @param towns of each the name, x, y and the number of people; the largest first
 */
record Earth(
        double west,
        double south,
        double east,
        double north,
        List<int[]> land,
        List<int[]> borders,
        List<List<Object>> towns) {
    private static final String RESOURCE = "/io/heimdall/pipeline/report/earth.json.gz";

    private static final int MOST_TOWNS = 600;

    /**
     * Returns what is around places: enough that a map of them can be wide or high, and dragged a little.
     *
     * @return empty without a place
     * @throws IOException if the program lacks the resource
     */
    static Optional<Earth> around(List<GroundPoint> places) throws IOException {
        if (places.isEmpty()) {
            return Optional.empty();
        }
        EarthBox box = EarthBox.around(places);
        JsonNode all = read();
        return Optional.of(new Earth(
                box.west() / EarthBox.PER_DEGREE,
                box.south() / EarthBox.PER_DEGREE,
                box.east() / EarthBox.PER_DEGREE,
                box.north() / EarthBox.PER_DEGREE,
                lines(all.get("land")).stream().flatMap(box::ring).toList(),
                lines(all.get("borders")).stream().flatMap(box::pieces).toList(),
                towns(all.get("towns"), box)));
    }

    /** Returns all of it, as JSON with the names of this record. */
    static byte[] whole() throws IOException {
        byte[] edges = "{\"west\":-180,\"south\":-90,\"east\":180,\"north\":90,".getBytes(StandardCharsets.UTF_8);
        try (InputStream in = open()) {
            in.skipNBytes(1); // its brace: nothing else need be read to add the edges
            return new SequenceInputStream(new ByteArrayInputStream(edges), in).readAllBytes();
        }
    }

    private static JsonNode read() throws IOException {
        try (InputStream in = open()) {
            return new ObjectMapper().readTree(in);
        }
    }

    private static InputStream open() throws IOException {
        InputStream in = Earth.class.getResourceAsStream(RESOURCE);
        if (in == null) {
            throw new FileNotFoundException("the program lacks " + RESOURCE);
        }
        return new GZIPInputStream(in);
    }

    /** Returns lines as coordinates in place of steps. */
    private static List<int[]> lines(JsonNode lines) {
        List<int[]> all = new ArrayList<>();
        for (JsonNode line : lines) {
            int[] points = new int[line.size()];
            for (int k = 0; k < points.length; k++) {
                points[k] = line.get(k).asInt() + (k < 2 ? 0 : points[k - 2]);
            }
            all.add(points);
        }
        return all;
    }

    private static List<List<Object>> towns(JsonNode towns, EarthBox box) {
        List<List<Object>> within = new ArrayList<>();
        for (JsonNode town : towns) {
            int x = town.get(1).asInt();
            int y = town.get(2).asInt();
            if (box.holds(x, y) && within.size() < MOST_TOWNS) {
                within.add(List.of(town.get(0).asText(), x, y, town.get(3).asInt()));
            }
        }
        return within;
    }
}
