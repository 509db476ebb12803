package io.heimdall.localization.region;

import io.heimdall.model.output.PlanePoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Rings of the plane, and which of them are holes of which. */
public final class PlaneRings {
    private PlaneRings() {}

    /** A ring that turns counterclockwise, and the holes in it. */
    public record Polygon(List<PlanePoint> outer, double area, List<List<PlanePoint>> holes) {}

    /**
     * Puts holes into the smallest rings around them.
     *
     * @param rings that do not cross each other, the outer ones counterclockwise and the holes clockwise
     * @param least area in squared units of the plane; rings without so much are left out
     */
    public static List<Polygon> polygons(List<List<PlanePoint>> rings, double least) {
        List<Polygon> polygons = new ArrayList<>();
        List<List<PlanePoint>> holes = new ArrayList<>();
        for (List<PlanePoint> ring : rings) {
            double area = area(ring);
            if (area > least) {
                polygons.add(new Polygon(ring, area, new ArrayList<>()));
            } else if (area < -least) {
                holes.add(ring);
            }
        }
        polygons.sort(Comparator.comparingDouble(Polygon::area));
        for (List<PlanePoint> hole : holes) {
            polygons.stream()
                    .filter(polygon -> contains(polygon.outer, hole.get(0)))
                    .findFirst()
                    .ifPresent(polygon -> polygon.holes.add(hole));
        }
        return polygons;
    }

    /** Returns the area of a ring, negative if it turns clockwise. */
    static double area(List<PlanePoint> ring) {
        PlanePoint origin = ring.get(0);
        PlanePoint last = ring.get(ring.size() - 1);
        double twice = 0;
        for (PlanePoint point : ring) {
            twice += (last.east() - origin.east()) * (point.north() - origin.north())
                    - (point.east() - origin.east()) * (last.north() - origin.north());
            last = point;
        }
        return twice / 2;
    }

    /** Says whether a point is in a ring: a ray to the east crosses the ring an odd number of times. */
    private static boolean contains(List<PlanePoint> ring, PlanePoint point) {
        boolean inside = false;
        PlanePoint last = ring.get(ring.size() - 1);
        for (PlanePoint corner : ring) {
            boolean passes = corner.north() > point.north() != last.north() > point.north();
            double share = (point.north() - corner.north()) / (last.north() - corner.north());
            if (passes && point.east() < corner.east() + share * (last.east() - corner.east())) {
                inside = !inside;
            }
            last = corner;
        }
        return inside;
    }
}
