package io.heimdall.localization.evidence;

import io.heimdall.model.LocalPlane;

/**
 * The prior that no square metre of the ground is likelier than another. The plane stretches the ground away from its origin, so
 * that is no constant on it: {@code cos(latitude)} over that of the origin.
 *
 * @param plane on which places are asked for
 */
public record UniformOnGround(LocalPlane plane) implements Evidence {
    private static final double LEAST = 1e-6;

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        double cosine = Math.cos(Math.toRadians(plane.latitudeOf(northM)));
        return Math.log(Math.max(LEAST, cosine) / Math.cos(Math.toRadians(plane.latitude())));
    }
}
