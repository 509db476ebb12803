package io.heimdall.localization.region;

import java.util.List;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/** Polygons as the JTS Topology Suite has them, which judges them: x is longitude, y is latitude. */
final class Shapes {
    private static final GeometryFactory FACTORY = new GeometryFactory();

    private Shapes() {}

    static Geometry of(GroundRegion region) {
        return FACTORY.createMultiPolygon(
                region.polygons().stream().map(Shapes::polygon).toArray(Polygon[]::new));
    }

    private static Polygon polygon(GroundPolygon polygon) {
        return FACTORY.createPolygon(
                ring(polygon.outer()),
                polygon.holes().stream().map(Shapes::ring).toArray(LinearRing[]::new));
    }

    static LinearRing ring(List<GroundPoint> points) {
        return FACTORY.createLinearRing(points.stream()
                .map(p -> new Coordinate(p.longitude(), p.latitude()))
                .toArray(Coordinate[]::new));
    }

    static Geometry point(double latitude, double longitude) {
        return FACTORY.createPoint(new Coordinate(longitude, latitude));
    }
}
