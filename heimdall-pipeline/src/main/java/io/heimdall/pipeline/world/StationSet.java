package io.heimdall.pipeline.world;

import java.util.Arrays;

/**
 * The stations in service during a session.
 *
 * @param numbers of the stations; the law's number of stations for one that it does not know
 * @param eastM their places
 * @param northM their places
 * @param octaves the session's carrier, log2 of its ratio to the usual one
 */
public record StationSet(int[] numbers, double[] eastM, double[] northM, double octaves) {

    /** Returns the number of stations. */
    public int size() {
        return numbers.length;
    }

    /** Returns this set with one station more, the last. */
    StationSet with(int number, double east, double north) {
        return new StationSet(with(numbers, number), with(eastM, east), with(northM, north), octaves);
    }

    private static int[] with(int[] values, int last) {
        int[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = last;
        return more;
    }

    static double[] with(double[] values, double last) {
        double[] more = Arrays.copyOf(values, values.length + 1);
        more[values.length] = last;
        return more;
    }
}
