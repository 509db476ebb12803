package io.heimdall.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * A tensor of the engine and its memory as Java sees it: what is written to one, the other has.
 *
 * <p>The weights of a convolution lie in memory as (out, height, width, in), which PyTorch calls channels last: oneDNN
 * computes with such activations and weights as they are, and reorders all others before and after each layer.
 *
 * @param array owned by its manager, and with it the memory; of PyTorch's shape
 * @param view a {@link FloatBuffer} or {@link DoubleBuffer} in the memory's order; not to be touched once the manager is
 *     closed
 */
record EngineTensor(NDArray array, Buffer view) {

    /** Allocates a tensor; its values are arbitrary. */
    static EngineTensor allocate(NDManager manager, DataType type, int... shape) {
        NDArray memory = manager.create(ChannelsLast.inMemory(shape(shape)), type);
        return new EngineTensor(ChannelsLast.asShaped(memory), view(memory));
    }

    /** Returns a tensor over an array of the engine, which lies on the CPU in the order of {@link #allocate}. */
    static EngineTensor of(NDArray array) {
        return new EngineTensor(array, view(ChannelsLast.asInMemory(array)));
    }

    private static Buffer view(NDArray memory) {
        ByteBuffer bytes = memory.toByteBuffer(true).order(ByteOrder.nativeOrder());
        return memory.getDataType() == DataType.FLOAT64 ? bytes.asDoubleBuffer() : bytes.asFloatBuffer();
    }

    /** Returns the engine's shape of a shape. */
    static Shape shape(int... shape) {
        return new Shape(Arrays.stream(shape).asLongStream().toArray());
    }
}
