package io.heimdall.backend.dl4j;

import java.util.Arrays;

/**
 * A tensor in Java's memory, in double precision.
 *
 * @param values row-major
 * @param shape length of each axis, at least one axis
 */
record Numbers(double[] values, long... shape) {

    /** Returns zeros. */
    static Numbers zeros(long... shape) {
        return new Numbers(new double[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))], shape);
    }

    /** Returns zeros of the shape of this tensor. */
    Numbers zeros() {
        return new Numbers(new double[values.length], shape);
    }

    /** Returns the length of the last axis. */
    int width() {
        return Math.toIntExact(shape[shape.length - 1]);
    }

    /** Returns the number of runs along the last axis. */
    int rows() {
        return values.length / width();
    }
}
