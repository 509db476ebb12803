package io.heimdall.localization.region;

import io.heimdall.model.LocalPlane;

/**
 * A point on the earth, degrees of WGS 84.
 *
 * @param latitude -90..90
 * @param longitude -180..180
 */
public record GroundPoint(double latitude, double longitude) {
    private static final double STEEPEST_LATITUDE = 89;

    /** Checks the ranges. */
    public GroundPoint {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("latitude " + latitude + " and longitude " + longitude
                    + " are not in -90..90 and -180..180 degrees");
        }
    }

    /** Returns the nearest point to coordinates of any size: longitudes go round, latitudes end at the poles. */
    public static GroundPoint nearest(double latitude, double longitude) {
        double wrapped = Math.abs(longitude) <= 180 ? longitude : Math.IEEEremainder(longitude, 360);
        return new GroundPoint(Math.max(-90, Math.min(90, latitude)), wrapped);
    }

    /** Returns the plane that touches here; at latitude 89 where a pole is nearer, since east has no meaning there. */
    public LocalPlane plane() {
        return new LocalPlane(Math.max(-STEEPEST_LATITUDE, Math.min(STEEPEST_LATITUDE, latitude)), longitude);
    }
}
