package io.heimdall.dataset;

/**
 * A point on the earth, in degrees of WGS 84.
 *
 * @param latitude degrees north, -90..90
 * @param longitude degrees east, -180..180
 */
public record GeoPoint(double latitude, double longitude) {

    /** Mean earth radius (IUGG), metres. */
    private static final double EARTH_RADIUS_METRES = 6_371_008.8;

    /** Checks the ranges; NaN is refused. */
    public GeoPoint {
        if (!(Math.abs(latitude) <= 90)) {
            throw new IllegalArgumentException("latitude " + latitude + " is not in -90..90");
        }
        if (!(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("longitude " + longitude + " is not in -180..180");
        }
    }

    /**
     * Returns the great-circle distance by the haversine formula: within 0.5 % of the distance on the ellipsoid.
     *
     * @param other the other end
     * @return metres, 0 or more
     */
    public double distanceMetres(GeoPoint other) {
        double latitudes = Math.sin(Math.toRadians(other.latitude - latitude) / 2);
        double longitudes = Math.sin(Math.toRadians(other.longitude - longitude) / 2);
        double h = latitudes * latitudes
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(other.latitude))
                        * longitudes
                        * longitudes;
        return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
