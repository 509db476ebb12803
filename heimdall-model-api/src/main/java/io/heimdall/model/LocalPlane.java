package io.heimdall.model;

/**
 * The plane that touches the WGS-84 ellipsoid at an origin: east and north offsets in metres instead of degrees.
 *
 * <p>An affine map by the radii of curvature at the origin, {@code M} along the meridian and {@code N} across it:
 *
 * <pre>{@code
 * north = (latitude - latitude0) pi/180 M,    M = a (1 - e^2) / (1 - e^2 sin^2 latitude0)^1.5
 * east  = (longitude - longitude0) pi/180 N cos(latitude0),    N = a / sqrt(1 - e^2 sin^2 latitude0)
 * }</pre>
 *
 * <p>At 100 km from the origin and 45 degrees of latitude a position is off by about 1.6 km east where it lies 100 km
 * north, as meridians converge: the plane stretches the map, and the network learns in the stretched one. Positions go
 * through it and back without loss.
 *
 * @param latitude of the origin, degrees, -85 to 85
 * @param longitude of the origin, degrees, -180 to 180
 * @see <a href="https://earth-info.nga.mil/php/download.php?file=coord-wgs84">NGA.STND.0036, WGS-84</a>
 */
public record LocalPlane(double latitude, double longitude) {
    private static final double EQUATORIAL_RADIUS_METRES = 6_378_137.0;
    private static final double FLATTENING = 1 / 298.257223563;
    private static final double ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

    /**
     * Checks the origin.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public LocalPlane {
        if (!(Math.abs(latitude) <= 85)) {
            throw new IllegalArgumentException("latitude " + latitude + " of a local plane is not in -85..85");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("longitude " + longitude + " is not in -180..180");
        }
    }

    /** An offset from the origin, in metres. */
    public record Offset(double east, double north) {}

    /** A position, in degrees. */
    public record Degrees(double latitude, double longitude) {}

    /**
     * Returns the plane at the centroid of some positions.
     *
     * @param latitudes degrees, not empty
     * @param longitudes degrees, as many; they may lie on both sides of the 180th meridian
     */
    public static LocalPlane centredOn(double[] latitudes, double[] longitudes) {
        if (latitudes.length == 0 || latitudes.length != longitudes.length) {
            throw new IllegalArgumentException(latitudes.length + " latitudes and " + longitudes.length
                    + " longitudes: as many of both are needed, and at least one");
        }
        double latitude = 0;
        double east = 0;
        for (int i = 0; i < latitudes.length; i++) {
            latitude += latitudes[i] / latitudes.length;
            east += turn(longitudes[i] - longitudes[0]) / latitudes.length;
        }
        return new LocalPlane(latitude, turn(longitudes[0] + east));
    }

    /** Returns metres north per degree of latitude. */
    public double metresPerDegreeLatitude() {
        double w = 1 - ECCENTRICITY_SQUARED * sinLatitude() * sinLatitude();
        return Math.toRadians(EQUATORIAL_RADIUS_METRES * (1 - ECCENTRICITY_SQUARED) / (w * Math.sqrt(w)));
    }

    /** Returns metres east per degree of longitude. */
    public double metresPerDegreeLongitude() {
        double w = 1 - ECCENTRICITY_SQUARED * sinLatitude() * sinLatitude();
        return Math.toRadians(EQUATORIAL_RADIUS_METRES / Math.sqrt(w) * Math.cos(Math.toRadians(latitude)));
    }

    /** Returns where a position lies in the plane. */
    public Offset fromDegrees(double latitude, double longitude) {
        return new Offset(
                turn(longitude - this.longitude) * metresPerDegreeLongitude(),
                (latitude - this.latitude) * metresPerDegreeLatitude());
    }

    /** Returns the position of a point of the plane, in metres from the origin; longitude in -180..180. */
    public Degrees toDegrees(double east, double north) {
        return new Degrees(
                latitude + north / metresPerDegreeLatitude(), turn(longitude + east / metresPerDegreeLongitude()));
    }

    private double sinLatitude() {
        return Math.sin(Math.toRadians(latitude));
    }

    private static double turn(double degrees) {
        return Math.abs(degrees) <= 180 ? degrees : Math.IEEEremainder(degrees, 360);
    }
}
