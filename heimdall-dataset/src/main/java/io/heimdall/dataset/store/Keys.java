package io.heimdall.dataset.store;

import java.nio.ByteBuffer;

/** Sorted keys in memory, compared as unsigned bytes. */
final class Keys {
    private static final int WORDS = FeatureKey.BYTES / Long.BYTES;

    private Keys() {}

    /** Returns a key as four words, the first bytes highest. */
    static long[] words(FeatureKey key) {
        long[] words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = Long.parseUnsignedLong(key.hex(), 16 * i, 16 * i + 16, 16);
        }
        return words;
    }

    /** Returns a key of a little-endian buffer as four words, the first bytes highest. */
    static long[] words(ByteBuffer keys, int at) {
        long[] words = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = word(keys, at, i);
        }
        return words;
    }

    /** Returns a word of a key in a little-endian buffer. */
    static long word(ByteBuffer keys, int at, int word) {
        return Long.reverseBytes(keys.getLong(at + Long.BYTES * word));
    }

    static int compare(ByteBuffer keys, int at, long[] key) {
        for (int i = 0; i < WORDS; i++) {
            int order = Long.compareUnsigned(word(keys, at, i), key[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** Returns the first of the sorted keys that is not below a key; {@code count} if all are. */
    static int lowerBound(ByteBuffer keys, int stride, int count, long[] key) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            if (compare(keys, middle * stride, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
