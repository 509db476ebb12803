package io.heimdall.model.input;

import java.util.Arrays;

/**
 * Finds the value of a tensor for each value of a larger one: axes of length 1 are repeated, as NumPy does.
 *
 * @see <a href="https://numpy.org/doc/stable/user/basics.broadcasting.html">NumPy, Broadcasting</a>
 */
final class Broadcast {
    private final int[] outer;
    private final int[] strides;

    Broadcast(int[] shape, int[] outer) {
        this.outer = outer;
        strides = new int[outer.length];
        int missing = outer.length - shape.length;
        int stride = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            strides[axis + missing] = shape[axis] == 1 ? 0 : stride;
            stride *= shape[axis];
        }
    }

    /** Returns the shape of two tensors together. */
    static int[] shape(int[] a, int[] b) {
        int[] longer = a.length >= b.length ? a : b;
        int[] shorter = longer == a ? b : a;
        int[] shape = longer.clone();
        int missing = longer.length - shorter.length;
        for (int axis = 0; axis < shorter.length; axis++) {
            int other = shorter[axis];
            if (shape[axis + missing] == 1) {
                shape[axis + missing] = other;
            } else if (other != 1 && other != shape[axis + missing]) {
                throw new IllegalArgumentException("shapes " + Arrays.toString(a) + " and " + Arrays.toString(b)
                        + " cannot be broadcast to one shape");
            }
        }
        return shape;
    }

    /** Returns where the value for value {@code index} of the larger tensor is. */
    int index(int index) {
        int rest = index;
        int found = 0;
        for (int axis = outer.length - 1; axis >= 0; axis--) {
            found += rest % outer[axis] * strides[axis];
            rest /= outer[axis];
        }
        return found;
    }
}
