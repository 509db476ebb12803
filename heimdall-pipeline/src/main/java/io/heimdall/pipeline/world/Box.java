package io.heimdall.pipeline.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** The part of the plane where transmitters are, metres. */
record Box(double west, double east, double south, double north) {

    /** Returns the range of the places, widened on each side by the gap that is to be expected between so many. */
    static Box around(List<RecordedSession> sessions) {
        double[] e = range(sessions, RecordedSession::eastM);
        double[] n = range(sessions, RecordedSession::northM);
        return new Box(e[0], e[1], n[0], n[1]).widened(1.0 / sessions.size());
    }

    private static double[] range(List<RecordedSession> sessions, ToDoubleFunction<RecordedSession> of) {
        return new double[] {
            sessions.stream().mapToDouble(of).min().orElseThrow(),
            sessions.stream().mapToDouble(of).max().orElseThrow()
        };
    }

    /** Returns this box, wider on each side by a share of itself. */
    Box widened(double share) {
        double e = share * (east - west);
        double n = share * (north - south);
        return new Box(west - e, east + e, south - n, north + n);
    }

    double drawEast(SplittableRandom random) {
        return west + (east - west) * random.nextDouble();
    }

    double drawNorth(SplittableRandom random) {
        return south + (north - south) * random.nextDouble();
    }
}
