package io.heimdall.simulation;

import io.heimdall.localization.evidence.Evidence;
import io.heimdall.model.LocalPlane;

/**
 * The prior of transmitters: all places of a box are alike, others impossible.
 *
 * @param plane on which places are asked for
 * @param box in which transmitters are
 */
record BoxEvidence(LocalPlane plane, GeoBox box) implements Evidence {

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        double latitude = plane.latitudeOf(northM);
        double longitude = plane.longitudeOf(eastM);
        boolean within = latitude >= box.south()
                && latitude <= box.north()
                && longitude >= box.west()
                && longitude <= box.east();
        return within ? 0 : Double.NEGATIVE_INFINITY;
    }
}
