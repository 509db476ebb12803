package io.heimdall.features.internal;

/**
 * The plan of an in-place transform of a block whose length is a power of two: radix-4 steps, the first one radix 2
 * where the number of bits is odd. Each step is a decimation in frequency that leaves the bins of one remainder side
 * by side, down to blocks of 4.
 */
public final class BlockPlan {
    private final int size;
    private final float[][] twiddles;
    private final int[] place;

    private BlockPlan(int size) {
        this.size = size;
        twiddles = new float[Integer.numberOfTrailingZeros(size) + 1][];
        for (int length = size; length > 4; length /= radix(length)) {
            twiddles[Integer.numberOfTrailingZeros(length)] = twiddles(length, radix(length));
        }
        place = new int[size];
        for (int k = 0; k < size; k++) {
            int rest = k;
            for (int length = size; length > 1; ) {
                int radix = radix(length);
                length /= radix;
                place[k] += rest % radix * length;
                rest /= radix;
            }
        }
    }

    private static int radix(int length) {
        return Integer.numberOfTrailingZeros(length) % 2 == 0 ? 4 : 2;
    }

    /** Returns the plan for {@code size} pairs, from 4. */
    public static BlockPlan of(int size) {
        if (Integer.bitCount(size) != 1 || size < 4) {
            throw new IllegalArgumentException("block of " + size + " is no power of two from 4");
        }
        return new BlockPlan(size);
    }

    /** Returns the number of pairs. */
    public int size() {
        return size;
    }

    /** Returns whether the first step is radix 2. */
    public boolean oddBits() {
        return radix(size) == 2;
    }

    /** Returns the factors of the step that splits blocks of {@code length} pairs. */
    public float[] twiddles(int length) {
        return twiddles[Integer.numberOfTrailingZeros(length)];
    }

    /** Returns the places at which the bins end. */
    public int[] place() {
        return place;
    }

    /**
     * Returns {@code cos, sin} of {@code -2 pi j r / length}, for {@code j = 0 .. length / radix - 1} and
     * {@code r = 1 .. radix - 1} within.
     */
    public static float[] twiddles(int length, int radix) {
        float[] factors = new float[2 * (radix - 1) * (length / radix)];
        for (int j = 0, i = 0; j < length / radix; j++) {
            for (int r = 1; r < radix; r++) {
                double angle = 2 * Math.PI * r * j / length;
                factors[i++] = (float) Math.cos(angle);
                factors[i++] = (float) -Math.sin(angle);
            }
        }
        return factors;
    }
}
