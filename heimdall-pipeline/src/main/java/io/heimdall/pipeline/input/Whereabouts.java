package io.heimdall.pipeline.input;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.features.spectrum.RunningStatistics;
import io.heimdall.model.LocalPlane;
import java.util.Optional;

/** Where a station was over many sessions. */
final class Whereabouts {
    private final LocalPlane plane;
    private final RunningStatistics east = new RunningStatistics();
    private final RunningStatistics north = new RunningStatistics();

    Whereabouts(LocalPlane plane) {
        this.plane = plane;
    }

    void add(GeoPoint place) {
        east.add(plane.east(place.longitude()));
        north.add(plane.north(place.latitude()));
    }

    /** Returns the mean position; empty if the positions deviate from it by more than a limit in metres. */
    Optional<GeoPoint> usual(double limitM) {
        return Math.hypot(east.standardDeviation(), north.standardDeviation()) <= limitM
                ? Optional.of(new GeoPoint(plane.latitudeOf(north.mean()), plane.longitudeOf(east.mean())))
                : Optional.empty();
    }
}
