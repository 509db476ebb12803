package io.heimdall.simulation;

import java.util.SplittableRandom;

/** Random numbers that follow from what they are for, never from what was drawn before. */
enum Draws {
    /** Place, power, carrier and shadowing of a transmitter. */
    SOURCE,
    /** Which stations are on in a session. */
    PRESENCE,
    /** Frequency, modulation, clocks and phases of a session. */
    SESSION,
    /** The modulating signal of a session. */
    WAVEFORM,
    /** The noise of a recording. */
    NOISE,
    /** The waves of a field of shadowing. */
    FIELD,
    /** Which stations are in service in a period. */
    SERVICE,
    /** The band that a transmitter sends in. */
    BAND,
    /** Where the moving stations of a session are. */
    MOVEMENT,
    /** Shadowing of a session, where it is not that of its transmitter. */
    SHADOWING,
    /** Starts, clocks and echoes of a session's recordings. */
    TIMING,
    /** The errors of the best delays that a session's signals allow. */
    IDEAL_DELAYS;

    /** Returns the generator of one thing; the same numbers mean the same draws. */
    SplittableRandom of(long seed, long index, long part) {
        return Generators.of(seed, index, part, ordinal());
    }

    /** A normal number of a given spread, cut at three spreads by drawing again. */
    static double cutNormal(SplittableRandom random, double spread) {
        double normal = random.nextGaussian();
        while (Math.abs(normal) > 3) {
            normal = random.nextGaussian();
        }
        return spread * normal;
    }
}
