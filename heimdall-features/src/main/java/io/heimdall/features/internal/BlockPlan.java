package io.heimdall.features.internal;

/**
 * How a block of a power of two, 16 or more, is transformed: by radix-4 steps, the first one radix 2 where the number of
 * bits is odd.
 *
 * <p>The steps are decimations in frequency, in place, so results end in the order of reversed digits.
 */
public final class BlockPlan {
    private final int size;
    private final float[][] twiddles;
    private final int[] position;

    private BlockPlan(int size) {
        this.size = size;
        twiddles = new float[32 - Integer.numberOfLeadingZeros(size)][];
        int length = size;
        for (boolean two = oddBits(size); length > 4; two = false) {
            twiddles[Integer.numberOfTrailingZeros(length)] = two ? twiddles(length, 2) : twiddles(length, 4);
            length /= two ? 2 : 4;
        }
        position = new int[size + 1];
        place(0, size, 0, 1);
        position[size] = position[0];
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

    /** Returns the factors of the step that splits blocks of {@code length} pairs. */
    public float[] twiddles(int length) {
        return twiddles[Integer.numberOfTrailingZeros(length)];
    }

    /** Returns where value {@code i} ends, for {@code i = 0 .. size}; the last is the first again. */
    public int[] position() {
        return position;
    }

    /** Returns whether the first step is radix 2. */
    public static boolean oddBits(int size) {
        return Integer.numberOfTrailingZeros(size) % 2 == 1;
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

    private void place(int base, int length, int first, int stride) {
        if (length == 1) {
            position[first] = base;
            return;
        }
        int radix = oddBits(length) ? 2 : 4;
        for (int r = 0; r < radix; r++) {
            place(base + r * (length / radix), length / radix, first + r * stride, stride * radix);
        }
    }
}
