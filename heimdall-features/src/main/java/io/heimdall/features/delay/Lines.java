package io.heimdall.features.delay;

import java.util.Arrays;

/**
 * The spectral lines that both recordings have, by ascending frequency in the first recording.
 *
 * @param hertz the frequency of each
 * @param position where the transform leaves each
 * @param zero whether each is so near 0 Hz of a receiver that it may be of its own carrier
 */
record Lines(double[] hertz, int[] position, boolean[] zero) {
    private static final int NEAR = 2;

    /**
     * Finds the lines.
     *
     * @param lineHz their distance
     * @param raiseHz by how much the frequencies of the second recording are raised to meet those of the first
     */
    static Lines of(GroupFft fft, double lineHz, Band a, Band b, double raiseHz) {
        int size = fft.size();
        double[] hertz = new double[size];
        int[] position = new int[size];
        boolean[] zero = new boolean[size];
        int count = 0;
        for (int k = -size / 2 + 1; k < size / 2; k++) {
            double ofA = k * lineHz;
            double ofB = ofA - raiseHz;
            if (a.has(ofA, NEAR * lineHz) && b.has(ofB, NEAR * lineHz)) {
                hertz[count] = ofA;
                position[count] = fft.place()[k < 0 ? k + size : k];
                zero[count++] = Math.min(Math.abs(ofA), Math.abs(ofB)) <= NEAR * lineHz;
            }
        }
        return new Lines(Arrays.copyOf(hertz, count), Arrays.copyOf(position, count), Arrays.copyOf(zero, count));
    }

    int count() {
        return hertz.length;
    }

    /** Returns the values of the lines. */
    double[] of(double[] byPosition) {
        double[] values = new double[position.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = byPosition[position[i]];
        }
        return values;
    }

    /** Returns values by position, the largest 1; 0 where there is no line. */
    float[] byPosition(double[] values, int size) {
        double largest = Arrays.stream(values).max().orElse(0);
        float[] byPosition = new float[size];
        for (int i = 0; i < values.length && largest > 0; i++) {
            byPosition[position[i]] = (float) (values[i] / largest);
        }
        return byPosition;
    }
}
