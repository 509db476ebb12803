package io.heimdall.model.output;

/**
 * A place in the plane.
 *
 * @param east length to the east, in the unit of the plane
 * @param north length to the north, in the same unit
 */
public record PlanePoint(double east, double north) {

    /** Returns the straight distance to another place. */
    public double distanceTo(PlanePoint other) {
        return Math.hypot(east - other.east, north - other.north);
    }
}
