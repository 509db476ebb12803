package io.heimdall.export;

/**
 * Between which numbers a value of a graph was on the calibration's samples, 0 included.
 *
 * @param least at most 0
 * @param most at least 0
 */
record ActivationRange(double least, double most) {
    private static final int LARGEST = 255;

    static ActivationRange of(float[] values) {
        double low = 0;
        double high = 0;
        for (float value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return new ActivationRange(low, high);
    }

    /** Returns the range that holds this one and another. */
    ActivationRange with(ActivationRange other) {
        return new ActivationRange(Math.min(least, other.least), Math.max(most, other.most));
    }

    /** Returns what one step of 8 bits is worth. */
    float scale() {
        return most > least ? (float) ((most - least) / LARGEST) : 1;
    }

    /** Returns the whole number that stands for 0, in 0..255. */
    int zero() {
        return (int) Math.max(0, Math.min(LARGEST, Math.round(-least / scale())));
    }
}
