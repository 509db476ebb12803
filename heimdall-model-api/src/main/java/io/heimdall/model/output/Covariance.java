package io.heimdall.model.output;

/**
 * The covariance matrix of a place in the plane.
 *
 * @param eastEast variance to the east, in squared units of the plane
 * @param eastNorth covariance of east and north, both elements off the diagonal
 * @param northNorth variance to the north
 */
public record Covariance(double eastEast, double eastNorth, double northNorth) {

    /** Returns the standard deviation to the east. */
    public double sigmaEast() {
        return Math.sqrt(eastEast);
    }

    /** Returns the standard deviation to the north. */
    public double sigmaNorth() {
        return Math.sqrt(northNorth);
    }

    /** Returns the correlation of east and north, -1..1. */
    public double correlation() {
        return eastNorth / (sigmaEast() * sigmaNorth());
    }
}
