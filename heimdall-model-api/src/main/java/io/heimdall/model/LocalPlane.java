package io.heimdall.model;

/**
 * The plane that touches the WGS-84 ellipsoid at an origin: metres east and north instead of degrees.
 *
 * <p>East is {@code N cos(lat0) (lon - lon0)}, north {@code M (lat - lat0)}, with the radii of curvature {@code M} and
 * {@code N} at the origin: an affine map, exact in both directions. As a measure of distance it is good near the origin only
 * (70 km to the north, a kilometre east measures 1.1 % too long), so errors are measured in the plane at the truth.
 *
 * @param latitude of the origin, degrees, -89..89
 * @param longitude of the origin, degrees, -180..180
 * @see <a href="https://earth-info.nga.mil/index.php?dir=wgs84&amp;action=wgs84">NGA, World Geodetic System 1984</a>
 */
public record LocalPlane(double latitude, double longitude) {
    private static final double EQUATORIAL_RADIUS_M = 6_378_137.0;
    private static final double ECCENTRICITY_SQUARED = 6.694_379_990_141_316_5e-3;

    /** Checks the ranges. */
    public LocalPlane {
        if (!(Math.abs(latitude) <= 89) || !(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("plane origin " + latitude + ", " + longitude
                    + " is not a latitude of -89..89 and a longitude of -180..180 degrees");
        }
    }

    /** Returns the length of one degree of longitude at the origin, metres. */
    public double metresPerDegreeEast() {
        return Math.toRadians(1) * primeVerticalM() * Math.cos(Math.toRadians(latitude));
    }

    /** Returns the length of one degree of latitude at the origin, metres. */
    public double metresPerDegreeNorth() {
        return Math.toRadians(1) * primeVerticalM() * (1 - ECCENTRICITY_SQUARED) / flattening();
    }

    /** Returns metres east of the origin of a longitude in degrees, by the shorter way round. */
    public double east(double longitudeDegrees) {
        return Math.IEEEremainder(longitudeDegrees - longitude, 360) * metresPerDegreeEast();
    }

    /** Returns metres north of the origin of a latitude in degrees. */
    public double north(double latitudeDegrees) {
        return (latitudeDegrees - latitude) * metresPerDegreeNorth();
    }

    /** Returns the longitude in degrees of a point so many metres east. */
    public double longitudeOf(double eastM) {
        return longitude + eastM / metresPerDegreeEast();
    }

    /** Returns the latitude in degrees of a point so many metres north. */
    public double latitudeOf(double northM) {
        return latitude + northM / metresPerDegreeNorth();
    }

    private double primeVerticalM() {
        return EQUATORIAL_RADIUS_M / Math.sqrt(flattening());
    }

    private double flattening() {
        double sine = Math.sin(Math.toRadians(latitude));
        return 1 - ECCENTRICITY_SQUARED * sine * sine;
    }
}
