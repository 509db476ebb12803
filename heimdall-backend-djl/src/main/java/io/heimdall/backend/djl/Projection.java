package io.heimdall.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.core.Linear;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.heimdall.model.network.Layer;

/**
 * A convolution with a kernel of one pixel, computed as what it is: a matrix product at each pixel that the stride meets.
 *
 * <p>PyTorch gives convolutions to oneDNN. The weight gradient of its kernel for strided 1x1 convolutions writes past its
 * workspace where the channels are the last in memory and fewer than the processor's vector has lanes (8 with AVX2, 16 with
 * AVX-512), which kills the process. A matrix product never gets there.
 *
 * @see <a href="https://github.com/uxlfoundation/oneDNN/issues/6035">oneDNN 6035</a>
 */
final class Projection {
    private Projection() {}

    /**
     * Returns the output of a convolution, its channels last in memory.
     *
     * @param input shape (batch, in, height, width)
     * @param weight shape (out, in, 1, 1)
     */
    static NDArray of(Layer.Conv2d conv, NDArray input, NDArray weight) {
        NDArray pixels = met(conv.stride(), padded(conv.padding(), input.transpose(0, 2, 3, 1)));
        NDArray matrix = weight.reshape(conv.out(), conv.in());
        return Linear.linear(pixels, matrix, null).head().transpose(0, 3, 1, 2);
    }

    private static NDArray padded(int padding, NDArray pixels) {
        return padding == 0
                ? pixels
                : JniUtils.pad((PtNDArray) pixels, new long[] {0, 0, padding, padding, padding, padding}, 0);
    }

    private static NDArray met(int stride, NDArray pixels) {
        return stride == 1 ? pixels : pixels.get(new NDIndex(":, ::" + stride + ", ::" + stride));
    }
}
