package io.heimdall.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.heimdall.model.FloatTensor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor of the engine and its memory as Java sees it: what is written to one, the other has.
 *
 * @param array owned by its manager, and with it the memory
 * @param view not to be touched once the manager is closed
 */
record EngineTensor(NDArray array, FloatBuffer view) {

    /** Allocates a tensor; its values are arbitrary. */
    static EngineTensor allocate(NDManager manager, int... shape) {
        return of(manager.create(shape(shape), DataType.FLOAT32));
    }

    /** Returns a tensor over an array of the engine, which lies on the CPU. */
    static EngineTensor of(NDArray array) {
        return new EngineTensor(
                array, array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer());
    }

    /** Returns the engine's shape of a shape. */
    static Shape shape(int... shape) {
        return new Shape(Arrays.stream(shape).asLongStream().toArray());
    }

    void write(FloatTensor values) {
        view.put(0, values.values());
    }

    FloatTensor read() {
        int[] shape = Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        FloatTensor copy = FloatTensor.zeros(shape);
        view.get(0, copy.values());
        return copy;
    }
}
