package io.heimdall.model.backend;

/** The generator SplitMix64, whose outputs can be had in any order. */
final class SplitMix64 {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix64() {}

    /** Returns an output, from number 0, of the generator with a seed. */
    static long output(long seed, long number) {
        return mixed(seed + (number + 1) * GAMMA);
    }

    /** Returns the finaliser of a state. */
    static long mixed(long state) {
        long x = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
