package io.heimdall.simulation;

import io.heimdall.dataset.GeoPoint;
import java.util.Collection;
import java.util.OptionalDouble;

/**
 * A rectangle in latitude and longitude.
 *
 * @param south least latitude, degrees
 * @param west least longitude, degrees
 * @param north greatest latitude, degrees, over {@code south}
 * @param east greatest longitude, degrees, over {@code west}: no box crosses the date line
 */
public record GeoBox(double south, double west, double north, double east) {
    private static final double EQUATORIAL_RADIUS_M = 6_378_137.0;
    private static final double ECCENTRICITY_SQUARED = 6.694_379_990_141_316_5e-3;

    /** Checks the ranges and the order. */
    public GeoBox {
        Range.check("southern edge", south, -89, 89);
        Range.check("western edge", west, -180, 180);
        Range.check("northern edge", north, Math.nextUp(south), 89);
        Range.check("eastern edge", east, Math.nextUp(west), 180);
    }

    /**
     * Returns the smallest box that holds all points with a margin.
     *
     * @param points at least one
     * @param marginM metres on every side
     */
    public static GeoBox around(Collection<GeoPoint> points, double marginM) {
        double south = extreme(points.stream().mapToDouble(GeoPoint::latitude).min());
        double north = extreme(points.stream().mapToDouble(GeoPoint::latitude).max());
        double west = extreme(points.stream().mapToDouble(GeoPoint::longitude).min());
        double east = extreme(points.stream().mapToDouble(GeoPoint::longitude).max());
        double middle = (south + north) / 2;
        double latitudes = marginM / metresPerDegreeNorth(middle);
        double longitudes = marginM / metresPerDegreeEast(middle);
        return new GeoBox(south - latitudes, west - longitudes, north + latitudes, east + longitudes);
    }

    private static double extreme(OptionalDouble value) {
        return value.orElseThrow(() -> new IllegalArgumentException("a box around no points"));
    }

    /** Returns the point at a share 0..1 of the way from south to north and from west to east. */
    GeoPoint at(double northward, double eastward) {
        return new GeoPoint(south + northward * (north - south), west + eastward * (east - west));
    }

    /** Returns the distance from the western to the eastern edge at the middle latitude, metres. */
    public double widthM() {
        return (east - west) * metresPerDegreeEast((south + north) / 2);
    }

    /** Returns the distance from the southern to the northern edge, metres. */
    public double heightM() {
        return (north - south) * metresPerDegreeNorth((south + north) / 2);
    }

    /** Returns the length of a degree of longitude at a latitude, on the WGS-84 ellipsoid. */
    static double metresPerDegreeEast(double latitude) {
        double phi = Math.toRadians(latitude);
        return Math.toRadians(1) * EQUATORIAL_RADIUS_M / Math.sqrt(flattening(phi)) * Math.cos(phi);
    }

    /** Returns the length of a degree of latitude at a latitude, on the WGS-84 ellipsoid. */
    static double metresPerDegreeNorth(double latitude) {
        double flattening = flattening(Math.toRadians(latitude));
        return Math.toRadians(1)
                * EQUATORIAL_RADIUS_M
                * (1 - ECCENTRICITY_SQUARED)
                / (flattening * Math.sqrt(flattening));
    }

    private static double flattening(double phi) {
        return 1 - ECCENTRICITY_SQUARED * Math.sin(phi) * Math.sin(phi);
    }
}
