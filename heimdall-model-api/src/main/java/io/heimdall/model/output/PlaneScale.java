package io.heimdall.model.output;

import io.heimdall.model.LocalPlane;

/**
 * The scale and origin of a network's own plane: its units in metres, and metres in degrees.
 *
 * @param plane in which places are measured, metres east and north of its origin
 * @param metres from the network's units to metres in the plane
 */
public record PlaneScale(LocalPlane plane, AffineMap metres) {

    /** Returns a place in degrees in the network's units. */
    public PlanePoint toNetwork(double latitude, double longitude) {
        return metres.inverse().apply(toPlane(latitude, longitude));
    }

    /** Returns a place in degrees as metres in the plane. */
    public PlanePoint toPlane(double latitude, double longitude) {
        return new PlanePoint(plane.east(longitude), plane.north(latitude));
    }
}
