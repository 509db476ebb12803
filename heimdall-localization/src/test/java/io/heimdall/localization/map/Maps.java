package io.heimdall.localization.map;

import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundPolygon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small map: an area of two polygons, one with a hole, an area of one, and a point. */
final class Maps {
    private Maps() {}

    static List<MapFolder> folders() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("session", "a \"b\" <c> & \u0001");
        properties.put("level", 0.9);
        var holed = new GroundPolygon(square(44, 7, 2, false), List.of(square(44.5, 7.5, 0.25, true)));
        var plain = new GroundPolygon(square(10, 179.5, 0.5, false), List.of());
        return List.of(
                new MapFolder(
                        "first",
                        List.of(
                                new MapFeature(
                                        "two", MapStyle.REGION, new MapShape.Area(List.of(holed, plain)), properties),
                                new MapFeature("one", MapStyle.REGION, new MapShape.Area(List.of(plain)), Map.of()))),
                new MapFolder(
                        "Stations",
                        List.of(new MapFeature(
                                "Torino",
                                MapStyle.STATION,
                                new MapShape.Point(new GroundPoint(45.044, -0.00000001)),
                                Map.of("estimates", 3)))));
    }

    private static List<GroundPoint> square(double south, double west, double side, boolean clockwise) {
        var southWest = new GroundPoint(south, west);
        var southEast = new GroundPoint(south, west + side);
        var northEast = new GroundPoint(south + side, west + side);
        var northWest = new GroundPoint(south + side, west);
        return clockwise
                ? List.of(southWest, northWest, northEast, southEast, southWest)
                : List.of(southWest, southEast, northEast, northWest, southWest);
    }
}
