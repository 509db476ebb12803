package io.heimdall.localization.region;

import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.PlanePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Polygons of a plane, carried to the ground. Edges are rounded to a centimetre, and what is smaller is left out.
 *
 * @param plane that the polygons are in
 */
public record GroundRings(LocalPlane plane) {
    private static final double PER_DEGREE = 1e7;

    private static final int SHORTEST_RING = 4;

    /**
     * Returns a polygon on the ground.
     *
     * @param part in metres on the plane
     * @param turn number of turns around the earth that its longitudes are ahead of -180..180 degrees
     * @return empty if nothing is left of its outer ring
     */
    public Optional<GroundPolygon> polygon(PlaneRings.Polygon part, int turn) {
        List<GroundPoint> outer = ring(part.outer(), turn);
        List<List<GroundPoint>> holes = part.holes().stream()
                .map(hole -> ring(hole, turn))
                .filter(hole -> hole.size() >= SHORTEST_RING)
                .toList();
        return outer.size() >= SHORTEST_RING ? Optional.of(new GroundPolygon(outer, holes)) : Optional.empty();
    }

    private List<GroundPoint> ring(List<PlanePoint> ring, int turn) {
        List<GroundPoint> points = new ArrayList<>(ring.size() + 1);
        for (PlanePoint point : ring) {
            double longitude = plane.longitudeOf(point.east()) - 360 * turn;
            GroundPoint next = new GroundPoint(
                    Math.max(-90, Math.min(90, rounded(plane.latitudeOf(point.north())))),
                    Math.max(-180, Math.min(180, rounded(longitude))));
            if (points.isEmpty() || !points.get(points.size() - 1).equals(next)) {
                points.add(next);
            }
        }
        if (!points.get(0).equals(points.get(points.size() - 1))) {
            points.add(points.get(0));
        }
        return points;
    }

    private static double rounded(double degrees) {
        return Math.rint(degrees * PER_DEGREE) / PER_DEGREE;
    }
}
