package io.heimdall.localization.evidence;

/**
 * Where an antenna stands on the WGS-84 ellipsoid, at height 0. Immutable.
 *
 * <p>Directions are those of the straight line through the earth, seen from the antenna; the distance on the ground is the arc
 * over that line with the radius of curvature in its direction (Euler):
 * <pre>{@code
 * 1 / R = cos^2(azimuth) / M + sin^2(azimuth) / N,      distance = 2 R asin(chord / 2 R)
 * }</pre>
 * Of the geodesic that is within 2 m at 800 km and within 200 m at 3000 km.
 *
 * @see <a href="https://doi.org/10.1007/978-3-211-73017-1">Hofmann-Wellenhof et al., GNSS: Global Navigation Satellite Systems,
 *     2008, chapter 8</a>
 */
public final class Site {
    private static final double EQUATORIAL_RADIUS_M = 6_378_137.0;
    private static final double ECCENTRICITY_SQUARED = 6.694_379_990_141_316_5e-3;

    /** That of 800 km on the ground. */
    private static final double LARGE_SINE = 1.0 / 16;

    private final String name;
    private final double latitude;
    private final double longitude;
    private final double sinLatitude;
    private final double cosLatitude;
    private final double sinLongitude;
    private final double cosLongitude;
    private final double meridianRadiusM;
    private final double primeVerticalM;
    private final Point point;

    /**
     * Places an antenna.
     *
     * @param name of the station
     * @param latitude degrees, -90..90
     * @param longitude degrees, -180..180
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Site(String name, double latitude, double longitude) {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("station '" + name + "' at " + latitude + ", " + longitude
                    + " is not at -90..90 and -180..180 degrees");
        }
        this.name = name;
        this.latitude = latitude;
        this.longitude = longitude;
        sinLatitude = Math.sin(Math.toRadians(latitude));
        cosLatitude = Math.cos(Math.toRadians(latitude));
        sinLongitude = Math.sin(Math.toRadians(longitude));
        cosLongitude = Math.cos(Math.toRadians(longitude));
        double flattening = 1 - ECCENTRICITY_SQUARED * sinLatitude * sinLatitude;
        primeVerticalM = EQUATORIAL_RADIUS_M / Math.sqrt(flattening);
        meridianRadiusM = primeVerticalM * (1 - ECCENTRICITY_SQUARED) / flattening;
        point = Point.of(latitude, longitude);
    }

    /** A place in the frame that turns with the earth, metres from its centre. */
    record Point(double x, double y, double z) {

        /** Returns the point on the ellipsoid of degrees of any size. */
        static Point of(double latitude, double longitude) {
            double sine = Math.sin(Math.toRadians(latitude));
            double cosine = Math.cos(Math.toRadians(latitude));
            double radius = EQUATORIAL_RADIUS_M / Math.sqrt(1 - ECCENTRICITY_SQUARED * sine * sine);
            return new Point(
                    radius * cosine * Math.cos(Math.toRadians(longitude)),
                    radius * cosine * Math.sin(Math.toRadians(longitude)),
                    radius * (1 - ECCENTRICITY_SQUARED) * sine);
        }
    }

    /** Returns the station's name. */
    public String name() {
        return name;
    }

    /** Returns the latitude, degrees. */
    public double latitude() {
        return latitude;
    }

    /** Returns the longitude, degrees. */
    public double longitude() {
        return longitude;
    }

    /** Returns the distance on the ground to a place in degrees, metres. */
    public double distanceM(double toLatitude, double toLongitude) {
        return distanceM(Point.of(toLatitude, toLongitude));
    }

    /** Returns the direction of a place in degrees, clockwise from true north, 0..360 degrees; 0 for the antenna's own place. */
    public double azimuthDegrees(double toLatitude, double toLongitude) {
        Sight sight = sight(Point.of(toLatitude, toLongitude));
        double degrees = Math.toDegrees(Math.atan2(sight.east, sight.north));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    /**
     * The straight line to a place, seen from the antenna.
     *
     * @param east metres in the antenna's tangent plane
     * @param north likewise
     * @param chord length of the line, metres
     */
    record Sight(double east, double north, double chord) {

        /** Returns the length in the tangent plane, metres. */
        double level() {
            return Math.sqrt(east * east + north * north);
        }
    }

    /** Returns the line to a point. */
    Sight sight(Point to) {
        double dx = to.x - point.x;
        double dy = to.y - point.y;
        double dz = to.z - point.z;
        return new Sight(
                cosLongitude * dy - sinLongitude * dx,
                cosLatitude * dz - sinLatitude * (cosLongitude * dx + sinLongitude * dy),
                Math.sqrt(dx * dx + dy * dy + dz * dz));
    }

    double distanceM(Point to) {
        return distanceM(sight(to));
    }

    /** Returns the distance on the ground along a line from here, metres. */
    double distanceM(Sight to) {
        double east = to.east * to.east;
        double north = to.north * to.north;
        double level = east + north;
        double curvature = level == 0 ? 1 / primeVerticalM : (north / meridianRadiusM + east / primeVerticalM) / level;
        return 2 / curvature * arcsine(Math.min(1, to.chord * curvature / 2));
    }

    /** Returns the arc of a sine of 0..1: small ones by the power series to the rounding of doubles, many times faster than the JDK. */
    private static double arcsine(double sine) {
        if (sine > LARGE_SINE) {
            return Math.asin(sine);
        }
        double square = sine * sine;
        double series = 231 / 13312.0;
        series = 63 / 2816.0 + square * series;
        series = 35 / 1152.0 + square * series;
        series = 5 / 112.0 + square * series;
        series = 3 / 40.0 + square * series;
        series = 1 / 6.0 + square * series;
        return sine + sine * square * series;
    }

    @Override
    public String toString() {
        return name + " at " + latitude + ", " + longitude;
    }
}
