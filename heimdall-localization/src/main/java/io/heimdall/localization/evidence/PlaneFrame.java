package io.heimdall.localization.evidence;

import io.heimdall.localization.evidence.Site.Point;
import io.heimdall.model.LocalPlane;

/** The places of a plane in the frame that turns with the earth. The plane's scales are computed once, not for each place. */
final class PlaneFrame {
    private final double latitude;
    private final double longitude;
    private final double metresPerDegreeEast;
    private final double metresPerDegreeNorth;

    PlaneFrame(LocalPlane plane) {
        latitude = plane.latitude();
        longitude = plane.longitude();
        metresPerDegreeEast = plane.metresPerDegreeEast();
        metresPerDegreeNorth = plane.metresPerDegreeNorth();
    }

    Point at(double eastM, double northM) {
        return Point.of(latitude + northM / metresPerDegreeNorth, longitude + eastM / metresPerDegreeEast);
    }
}
