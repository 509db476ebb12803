package io.heimdall.model.train;

import java.util.Random;

/** The order in which an epoch sees the samples: a function of seed and epoch. */
final class Shuffle {

    private Shuffle() {}

    /** Returns a permutation of {@code 0..size-1}, by Fisher and Yates. */
    static int[] order(int size, long seed, int epoch) {
        int[] order = identity(size);
        shuffle(order, 0, size, new Random(epochSeed(seed, epoch)));
        return order;
    }

    /** Shuffles the numbers from {@code from} to {@code end - 1}. */
    static void shuffle(int[] numbers, int from, int end, Random random) {
        for (int i = end - 1; i > from; i--) {
            int j = from + random.nextInt(i - from + 1);
            int swapped = numbers[i];
            numbers[i] = numbers[j];
            numbers[j] = swapped;
        }
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
