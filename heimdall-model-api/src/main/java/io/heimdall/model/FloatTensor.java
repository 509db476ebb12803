package io.heimdall.model;

import java.util.Arrays;

/**
 * A dense row-major tensor of 32-bit floats in host memory.
 *
 * <p>The arrays are not copied: who hands one over no longer writes to it. Not thread-safe.
 *
 * @param values the elements, row-major
 * @param shape the length of each axis, outermost first; an empty shape is a scalar
 */
public record FloatTensor(float[] values, int[] shape) {

    /**
     * Checks that values and shape agree.
     *
     * @throws IllegalArgumentException if the product of {@code shape} is not {@code values.length}
     */
    public FloatTensor {
        if (elements(shape) != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
        }
    }

    /** Returns a tensor of zeros. */
    public static FloatTensor zeros(int... shape) {
        return new FloatTensor(new float[Math.toIntExact(elements(shape))], shape);
    }

    /** Returns a tensor over {@code values}, which is not copied. */
    public static FloatTensor of(float[] values, int... shape) {
        return new FloatTensor(values, shape);
    }

    /** Returns the number of elements of a shape. */
    public static long elements(int... shape) {
        long n = 1;
        for (int d : shape) {
            if (d < 0) {
                throw new IllegalArgumentException("negative axis in shape " + Arrays.toString(shape));
            }
            n *= d;
        }
        return n;
    }

    /** Returns the length of the outermost axis. */
    public int rows() {
        return shape[0];
    }

    /** Returns whether shape and every bit of every value are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor t && Arrays.equals(shape, t.shape) && Arrays.equals(values, t.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "FloatTensor" + Arrays.toString(shape);
    }
}
