package io.heimdall.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * The order of a tensor's values in memory: of four dimensions the second, the channels, comes last; others are as they
 * are.
 */
final class ChannelsLast {
    private ChannelsLast() {}

    private static boolean applies(Shape shape) {
        return shape.dimension() == 4;
    }

    /** Returns the shape of the memory of a tensor. */
    static Shape inMemory(Shape shape) {
        return applies(shape) ? new Shape(shape.get(0), shape.get(2), shape.get(3), shape.get(1)) : shape;
    }

    /** Returns memory under the shape of its tensor; nothing is copied. */
    static NDArray asShaped(NDArray memory) {
        return applies(memory.getShape()) ? memory.transpose(0, 3, 1, 2) : memory;
    }

    /** Returns the memory of a tensor; nothing is copied. */
    static NDArray asInMemory(NDArray shaped) {
        return applies(shaped.getShape()) ? shaped.transpose(0, 2, 3, 1) : shaped;
    }

    /** Returns a copy of values in the memory's order. */
    static float[] toMemory(float[] values, Shape shape) {
        return applies(shape) ? swapped(values, shape, true) : values.clone();
    }

    /** Returns a copy of values in the order of their shape. */
    static float[] fromMemory(float[] values, Shape shape) {
        return applies(shape) ? swapped(values, shape, false) : values.clone();
    }

    private static float[] swapped(float[] values, Shape shape, boolean toMemory) {
        int channels = Math.toIntExact(shape.get(1));
        int area = Math.toIntExact(shape.get(2) * shape.get(3));
        float[] swapped = new float[values.length];
        for (int block = 0; block < values.length; block += channels * area) {
            for (int channel = 0; channel < channels; channel++) {
                for (int at = 0; at < area; at++) {
                    int shaped = block + channel * area + at;
                    int inMemory = block + at * channels + channel;
                    swapped[toMemory ? inMemory : shaped] = values[toMemory ? shaped : inMemory];
                }
            }
        }
        return swapped;
    }
}
