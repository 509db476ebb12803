package io.heimdall.simulation;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * When stations are in service: each of them, by itself, in a share of all periods. Where none would be, one is.
 *
 * @param share of the periods, above 0 and at most 1; 1 is always
 * @param hours of a period, 1..8760
 * @param seed of what is drawn, 0 or more
 */
public record Service(double share, int hours, long seed) {
    /** All stations are always in service. */
    public static final Service ALWAYS = new Service(1, 24, 0);

    /** Checks the ranges. */
    public Service {
        Range.check("share of the time in service", share, 0.01, 1);
        Range.check("period of service in hours", hours, 1, 8760);
        Range.check("seed of the service", seed, 0, Long.MAX_VALUE);
    }

    boolean isAlways() {
        return share == 1;
    }

    /** Returns which of the stations are in service, so many hours after the first session. */
    boolean[] at(long hour, int stations) {
        boolean[] inService = new boolean[stations];
        if (isAlways()) {
            Arrays.fill(inService, true);
            return inService;
        }
        long period = hour / hours;
        boolean any = false;
        for (int i = 0; i < stations; i++) {
            SplittableRandom random = Draws.SERVICE.of(seed, period, i);
            inService[i] = random.nextDouble() < share;
            any |= inService[i];
        }
        inService[(int) (period % stations)] |= !any;
        return inService;
    }
}
