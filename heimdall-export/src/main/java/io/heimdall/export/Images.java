package io.heimdall.export;

import io.heimdall.model.FloatTensor;

/**
 * The images of a batch, a value of the graph of shape (batch, channels, height, width) or, stacked below each other, of shape
 * (1, channels, batch · height, width).
 *
 * <p>Where a window leaves one row of each image, nothing but padding is above and below it: a few rows of the kernel do, and
 * images that are stacked do not touch each other. ONNX Runtime then reads the weights once a batch, not once an image.
 *
 * @param value its name in the graph
 * @param channels of one image
 * @param height of one image
 * @param width of one image
 * @param stacked whether they stand below each other
 */
record Images(String value, int channels, int height, int width, boolean stacked) {

    Images named(String other) {
        return new Images(other, channels, height, width, stacked);
    }

    /** Returns the length of an axis after a window went over it. */
    private static int left(int length, int kernel, int stride, int padding) {
        return (length + 2 * padding - kernel) / stride + 1;
    }

    /** Whether a window leaves one row of each. */
    boolean leftWithOneRow(int kernel, int stride, int padding) {
        return left(height, kernel, stride, padding) == 1;
    }

    /** Returns what a window makes of these images. */
    Images after(String other, int newChannels, int kernel, int stride, int padding) {
        return new Images(
                other,
                newChannels,
                left(height, kernel, stride, padding),
                left(width, kernel, stride, padding),
                stacked);
    }

    /** Returns how a square window goes over these images; over stacked ones only if it leaves one row of each. */
    Window window(int kernel, int stride, int padding) {
        return stacked
                ? new Window(kernel, padding, Math.min(kernel - padding, height), height, stride, 0, padding)
                : new Window(kernel, 0, kernel, stride, stride, padding, padding);
    }

    /** Adds the nodes that put these images below each other, or apart again. */
    Images restacked(OnnxGraph graph) {
        NodeAttributes exchanged = NodeAttributes.none().listed("perm", 1, 0, 2, 3);
        if (stacked) {
            String shape = graph.indices(value + "_apart_shape", channels, -1, height, width);
            String apart = graph.node("Reshape", value + "_apart", NodeAttributes.none(), value, shape);
            String images = graph.node("Transpose", value + "_images", exchanged, apart);
            return new Images(images, channels, height, width, false);
        }
        String columns = graph.node("Transpose", value + "_columns", exchanged, value);
        String shape = graph.indices(value + "_stacked_shape", 1, channels, -1, width);
        String below = graph.node("Reshape", value + "_stacked", NodeAttributes.none(), columns, shape);
        return new Images(below, channels, height, width, true);
    }

    /**
     * A window and its way.
     *
     * @param kernel columns, and rows that a square kernel has
     * @param first of its rows that is used
     * @param rows that are used
     * @param rowStride step downwards
     * @param stride step to the right
     * @param rowPadding above and below
     * @param padding left and right
     */
    record Window(int kernel, int first, int rows, int rowStride, int stride, int rowPadding, int padding) {

        NodeAttributes attributes() {
            return NodeAttributes.none()
                    .listed("kernel_shape", rows, kernel)
                    .listed("strides", rowStride, stride)
                    .listed("pads", rowPadding, padding, rowPadding, padding);
        }

        /** Returns the used rows of square kernels (out, in, kernel, kernel) whose height and width are exchanged. */
        FloatTensor kernels(FloatTensor square) {
            int[] shape = square.shape();
            float[] from = square.values();
            float[] to = new float[shape[0] * shape[1] * rows * kernel];
            int at = 0;
            for (int begin = 0; begin < from.length; begin += kernel * kernel) {
                for (int row = first; row < first + rows; row++) {
                    for (int column = 0; column < kernel; column++) {
                        to[at++] = from[begin + column * kernel + row];
                    }
                }
            }
            return FloatTensor.of(to, shape[0], shape[1], rows, kernel);
        }
    }
}
