package io.heimdall.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.heimdall.model.FloatTensor;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor of the engine and its memory as Java sees it: what is written to one, the other has.
 *
 * @param array owned by its manager, and with it the memory
 * @param view a {@link FloatBuffer} or {@link DoubleBuffer}; not to be touched once the manager is closed
 */
record EngineTensor(NDArray array, Buffer view) {

    /** Allocates a tensor; its values are arbitrary. */
    static EngineTensor allocate(NDManager manager, DataType type, int... shape) {
        return of(manager.create(shape(shape), type));
    }

    /** Returns a tensor over an array of the engine, which lies on the CPU. */
    static EngineTensor of(NDArray array) {
        ByteBuffer memory = array.toByteBuffer(true).order(ByteOrder.nativeOrder());
        boolean doubles = array.getDataType() == DataType.FLOAT64;
        return new EngineTensor(array, doubles ? memory.asDoubleBuffer() : memory.asFloatBuffer());
    }

    /** Returns the engine's shape of a shape. */
    static Shape shape(int... shape) {
        return new Shape(Arrays.stream(shape).asLongStream().toArray());
    }

    FloatBuffer floats() {
        return (FloatBuffer) view;
    }

    DoubleBuffer doubles() {
        return (DoubleBuffer) view;
    }

    void write(FloatTensor values) {
        if (view instanceof FloatBuffer floats) {
            floats.put(0, values.values());
        } else {
            for (int i = 0; i < values.values().length; i++) {
                doubles().put(i, values.values()[i]);
            }
        }
    }

    FloatTensor read() {
        int[] shape = Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        FloatTensor copy = FloatTensor.zeros(shape);
        if (view instanceof FloatBuffer floats) {
            floats.get(0, copy.values());
        } else {
            for (int i = 0; i < copy.values().length; i++) {
                copy.values()[i] = (float) doubles().get(i);
            }
        }
        return copy;
    }
}
