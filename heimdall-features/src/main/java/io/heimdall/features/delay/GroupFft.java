package io.heimdall.features.delay;

import io.heimdall.features.internal.BlockPlan;
import io.heimdall.features.internal.Kernels;

/**
 * Transforms {@value #SEGMENTS} segments at once, one in each lane of the kernels.
 *
 * <p>Value {@code i} of segment {@code s} has its real part at {@code at(i) + s % lanes} of batch {@code s / lanes}, its
 * imaginary part {@code lanes} floats later. Line {@code k} ends at position {@link #place()}{@code [k]}. Immutable and
 * thread-safe.
 */
final class GroupFft {
    /** Segments that are transformed together. */
    static final int SEGMENTS = 8;

    /** Blocks that are longer are split before they are transformed, to fit the nearest cache. */
    private static final int CACHED = 512;

    private final int size;
    private final Kernels kernels;
    private final int lanes;
    private final BlockPlan plan;
    private final float[][] splits;
    private final int[] place;

    GroupFft(int size, Kernels kernels) {
        this.size = size;
        this.kernels = kernels;
        lanes = kernels.lanes();
        int steps = 0;
        while (size >> 2 * steps > CACHED) {
            steps++;
        }
        splits = new float[steps][];
        for (int step = 0; step < steps; step++) {
            splits[step] = BlockPlan.twiddles(size >> 2 * step, 4);
        }
        plan = BlockPlan.of(size >> 2 * steps);
        place = new int[size];
        for (int k = 0; k < size; k++) {
            int block = 0;
            int rest = k;
            for (int step = 0; step < steps; step++) {
                block += (rest % 4) * (size >> 2 * (step + 1));
                rest /= 4;
            }
            place[k] = block + plan.place()[rest];
        }
    }

    int size() {
        return size;
    }

    Kernels kernels() {
        return kernels;
    }

    int lanes() {
        return lanes;
    }

    /** Returns the position of each line. */
    int[] place() {
        return place;
    }

    float[] newGroup() {
        return new float[2 * size * SEGMENTS];
    }

    /** Returns where the floats of a batch of lanes begin. */
    int batch(int number) {
        return number * 2 * size * lanes;
    }

    /** Transforms the batches that hold the first so many segments, in place. */
    void forward(float[] group, int segments) {
        for (int s = 0; s < segments; s += lanes) {
            forward(group, batch(s / lanes), 0, size);
        }
    }

    private void forward(float[] group, int offset, int step, int length) {
        if (step == splits.length) {
            kernels.transform(group, offset, plan);
            return;
        }
        kernels.split(group, offset, length, splits[step]);
        for (int quarter = 0; quarter < 4; quarter++) {
            forward(group, offset + quarter * length / 4 * 2 * lanes, step + 1, length / 4);
        }
    }
}
