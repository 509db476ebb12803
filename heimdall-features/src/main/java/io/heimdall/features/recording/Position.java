package io.heimdall.features.recording;

import java.util.OptionalDouble;

/**
 * The position of a receiver, in WGS 84.
 *
 * @param latitude degrees north, -90..90
 * @param longitude degrees east, -180..180
 * @param altitudeMetres metres above the ellipsoid, empty where the recording does not tell
 */
public record Position(double latitude, double longitude, OptionalDouble altitudeMetres) {

    /**
     * Checks the ranges; NaN is refused.
     *
     * @throws IllegalArgumentException if latitude or longitude is out of its range, or the altitude not finite
     */
    public Position {
        if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException(
                    "latitude " + latitude + ", longitude " + longitude + " is not in -90..90, -180..180");
        }
        if (altitudeMetres.isPresent() && !Double.isFinite(altitudeMetres.getAsDouble())) {
            throw new IllegalArgumentException("altitude " + altitudeMetres.getAsDouble() + " m is not finite");
        }
    }
}
