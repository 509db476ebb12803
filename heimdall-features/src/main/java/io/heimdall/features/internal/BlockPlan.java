package io.heimdall.features.internal;

/**
 * How a block of a power of two, 16 or more, is transformed: by radix-4 steps, the first one radix 2 where the number of
 * bits is odd.
 *
 * <p>The steps are decimations in frequency that move between two places and leave the values in order (Stockham). Before a
 * step the block is {@code rows} interleaved transforms of {@code length} pairs each; pair {@code p} of row {@code q} is at
 * {@code q + rows * p}. Each step divides {@code length} by its radix and multiplies {@code rows} by it.
 */
public final class BlockPlan {
    private final int size;
    private final float[][] twiddles;
    private final int steps;

    private BlockPlan(int size) {
        this.size = size;
        int bits = Integer.numberOfTrailingZeros(size);
        twiddles = new float[bits + 1][];
        steps = (bits + 1) / 2;
        int length = size;
        if (oddBits()) {
            twiddles[bits] = twiddles(length, 2);
            length /= 2;
        }
        for (; length > 4; length /= 4) {
            twiddles[Integer.numberOfTrailingZeros(length)] = twiddles(length, 4);
        }
    }

    /** Returns the plan for {@code size} pairs. */
    public static BlockPlan of(int size) {
        if (Integer.bitCount(size) != 1 || size < 16) {
            throw new IllegalArgumentException("block of " + size + " is no power of two from 16");
        }
        return new BlockPlan(size);
    }

    /** Returns the number of pairs. */
    public int size() {
        return size;
    }

    /** Returns the factors of the step that splits transforms of {@code length} pairs. */
    public float[] twiddles(int length) {
        return twiddles[Integer.numberOfTrailingZeros(length)];
    }

    /** Returns whether the first step is radix 2. */
    public boolean oddBits() {
        return Integer.numberOfTrailingZeros(size) % 2 == 1;
    }

    /** Returns whether the values end in the second of the two places. */
    public boolean endsInSecond() {
        return steps % 2 == 1;
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
