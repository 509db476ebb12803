package io.heimdall.pipeline.world;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** The part of the plane where transmitters are, metres. */
record Box(double west, double east, double south, double north) {
    /** Share of the places on each side that tell nothing of where transmitters are. */
    private static final double OUTER = 0.005;

    /**
     * Returns the range of the places but for the outermost, which may be wrong, widened on each side by what uniform places would
     * have there.
     *
     * @param sessions at least four
     */
    static Box around(List<RecordedSession> sessions) {
        int count = sessions.size();
        int outer = (int) Math.ceil(OUTER * count);
        double[] e = range(sessions, outer, RecordedSession::eastM);
        double[] n = range(sessions, outer, RecordedSession::northM);
        return new Box(e[0], e[1], n[0], n[1]).widened((outer + 1.0) / (count - 1 - 2 * outer));
    }

    private static double[] range(List<RecordedSession> sessions, int outer, ToDoubleFunction<RecordedSession> of) {
        double[] sorted = sessions.stream().mapToDouble(of).sorted().toArray();
        return new double[] {sorted[outer], sorted[sorted.length - 1 - outer]};
    }

    /** Returns its size: {@code 80 x 60 km}. */
    String kilometres() {
        return Math.round((east - west) / 1000) + " x " + Math.round((north - south) / 1000) + " km";
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
