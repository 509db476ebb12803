package io.heimdall.backend.dl4j;

import io.heimdall.model.input.TensorSpec;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The value of a layer in Deeplearning4j's graph.
 *
 * @param vertex that computes it
 * @param input of the network that it is; empty for others
 * @param rows length of the first axis in the current step: sessions, or images of a {@code Fold}
 * @param axes of the value in the network's description, the batch among them
 * @param height of images, 1 for others
 * @param width of images, 1 for others
 */
record GraphValue(String vertex, Optional<String> input, IntSupplier rows, int axes, int height, int width) {

    /** Returns an input. */
    static GraphValue input(TensorSpec spec, IntSupplier rows) {
        int axes = 1 + spec.axes().size();
        boolean images = axes == 4;
        return new GraphValue(
                "input " + spec.name(),
                Optional.of(spec.name()),
                rows,
                axes,
                images ? spec.length(1) : 1,
                images ? spec.length(2) : 1);
    }

    /** Returns a value of the same shape at another vertex. */
    GraphValue at(String other) {
        return new GraphValue(other, Optional.empty(), rows, axes, height, width);
    }

    /** Returns this value with another number of rows. */
    GraphValue ofRows(IntSupplier others) {
        return new GraphValue(vertex, input, others, axes, height, width);
    }

    /** Returns this value with images of another width. */
    GraphValue ofWidth(int other) {
        return new GraphValue(vertex, input, rows, axes, height, other);
    }

    /** Returns whether the value has the axes (rows, channels, height, width). */
    boolean isImage() {
        return axes == 4;
    }

    /** Returns this value as features of the elements of sets. */
    GraphValue ofSets() {
        return new GraphValue(vertex, input, rows, 3, 1, 1);
    }

    /** Returns this value as one row of features for each set or image. */
    GraphValue pooled() {
        return new GraphValue(vertex, input, rows, 2, 1, 1);
    }

    /** Returns this value with the height and width that a sliding window leaves. */
    GraphValue slid(int kernel, int stride, int padding) {
        return new GraphValue(
                vertex,
                input,
                rows,
                axes,
                (height + 2 * padding - kernel) / stride + 1,
                (width + 2 * padding - kernel) / stride + 1);
    }

    /** Returns how many values make one statistic of a batch norm in the current step. */
    int statisticsSize() {
        return rows.getAsInt() * height * width;
    }
}
