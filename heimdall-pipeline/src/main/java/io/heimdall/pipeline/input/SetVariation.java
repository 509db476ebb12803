package io.heimdall.pipeline.input;

import java.util.SplittableRandom;

/**
 * How a session is varied each time it is seen: one offset for all stations, one for each, stations left out, and stations that are
 * taken for unknown ones.
 *
 * @param offsetsDb of each station
 * @param present which stations are kept; one at least
 * @param unknown which stations have the vector of an unknown one
 */
record SetVariation(double[] offsetsDb, boolean[] present, boolean[] unknown) {
    /** How often the transmitter's power is varied at all. */
    private static final double OFFSET_PROBABILITY = 0.5;

    /** Of a session, at most this share of the stations is left out in the mean. */
    private static final double LEFT_OUT = 0.3;

    private static final double UNKNOWN = 0.1;

    static SetVariation of(Augmentation augmentation, int stations, SplittableRandom random) {
        double[] offsets = new double[stations];
        boolean[] present = new boolean[stations];
        boolean[] unknown = new boolean[stations];
        double common = random.nextDouble() < OFFSET_PROBABILITY ? augmentation.powerDb() * random.nextGaussian() : 0;
        boolean varied = !augmentation.equals(Augmentation.NONE);
        double leftOut = varied ? LEFT_OUT * random.nextDouble() : 0;
        int kept = random.nextInt(stations);
        for (int i = 0; i < stations; i++) {
            offsets[i] = common + augmentation.stationDb() * random.nextGaussian();
            present[i] = random.nextDouble() >= leftOut || i == kept;
            unknown[i] = varied && random.nextDouble() < UNKNOWN;
        }
        return new SetVariation(offsets, present, unknown);
    }

    double offsetDb(int station) {
        return offsetsDb[station];
    }

    boolean present(int station) {
        return present[station];
    }

    boolean unseen(int station) {
        return unknown[station];
    }
}
