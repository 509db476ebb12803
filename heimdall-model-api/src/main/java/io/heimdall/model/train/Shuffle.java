package io.heimdall.model.train;

import java.util.Random;

/** The order in which an epoch sees the samples: a function of seed and epoch. */
final class Shuffle {

    private Shuffle() {}

    /** Returns a permutation of {@code 0..size-1}, by Fisher and Yates. */
    static int[] order(int size, long seed, int epoch) {
        int[] order = identity(size);
        var random = new Random(epochSeed(seed, epoch));
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    static int[] identity(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        return order;
    }

    /** Mixes seed and epoch by the finaliser of SplitMix64, so that near seeds give unlike orders. */
    static long epochSeed(long seed, int epoch) {
        long z = seed + 0x9E3779B97F4A7C15L * (epoch + 1L);
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
