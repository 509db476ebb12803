package io.heimdall.simulation;

import java.util.SplittableRandom;

/** Random generators that follow from numbers, whatever was drawn before. */
public final class Generators {
    private Generators() {}

    /** Returns the generator of a sequence of numbers; the same numbers mean the same draws. */
    public static SplittableRandom of(long... numbers) {
        long state = 0;
        for (long number : numbers) {
            state = mix(state ^ number);
        }
        return new SplittableRandom(state);
    }

    /** The finaliser of MurmurHash3 after a step of the golden ratio: every bit of the input changes half the output. */
    private static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }
}
