package io.heimdall.dataset.ingest;

import io.heimdall.dataset.GeoPoint;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The middle of some points on the earth, on which a few wrong ones have no influence.
 *
 * @param middle the median of each of the points' Cartesian coordinates, put back onto the sphere
 * @param spreadMetres median distance from it
 */
record Place(GeoPoint middle, double spreadMetres) {

    /** Returns where points are; empty where there are none, or they surround the earth. */
    static Optional<Place> of(Collection<GeoPoint> points) {
        if (points.isEmpty()) {
            return Optional.empty();
        }
        double x = median(points, p -> Math.cos(latitude(p)) * Math.cos(longitude(p)));
        double y = median(points, p -> Math.cos(latitude(p)) * Math.sin(longitude(p)));
        double z = median(points, p -> Math.sin(latitude(p)));
        if (x * x + y * y + z * z < 1e-6) {
            return Optional.empty();
        }
        GeoPoint middle =
                new GeoPoint(Math.toDegrees(Math.atan2(z, Math.hypot(x, y))), Math.toDegrees(Math.atan2(y, x)));
        return Optional.of(new Place(middle, median(points, middle::distanceMetres)));
    }

    private static double latitude(GeoPoint point) {
        return Math.toRadians(point.latitude());
    }

    private static double longitude(GeoPoint point) {
        return Math.toRadians(point.longitude());
    }

    private static double median(Collection<GeoPoint> points, ToDoubleFunction<GeoPoint> number) {
        double[] sorted = points.stream().mapToDouble(number).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Returns a point as a table has it, to the metre. */
    static String text(GeoPoint point) {
        return number(point.latitude(), 5) + ", " + number(point.longitude(), 5);
    }

    /** Returns a point to some kilometres. */
    static String about(GeoPoint point) {
        return number(point.latitude(), 1) + ", " + number(point.longitude(), 1);
    }

    private static String number(double degrees, int decimals) {
        // Only zeros behind the point are left out, and -0 is 0.
        return String.format(Locale.ROOT, "%." + decimals + "f", degrees)
                .replaceAll("\\.?0+$", "")
                .replaceAll("^-0$", "0");
    }
}
