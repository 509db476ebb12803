package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.model.LocalPlane;
import java.util.List;

/** How far a method is off, measured in the plane at the truth. */
final class Distances {
    private Distances() {}

    /** Returns the distance of each session's estimate from its truth, metres. */
    static double[] of(LevelMethod method, List<Session> sessions) {
        return sessions.parallelStream() // a posterior on a grid takes its time
                .mapToDouble(session -> between(session.source().orElseThrow(), method.locate(session)))
                .toArray();
    }

    /** Returns the distance of two places, metres, in the plane that touches at {@code truth}. */
    static double between(GeoPoint truth, GeoPoint estimate) {
        LocalPlane plane = new LocalPlane(truth.latitude(), truth.longitude());
        return Math.hypot(plane.east(estimate.longitude()), plane.north(estimate.latitude()));
    }
}
