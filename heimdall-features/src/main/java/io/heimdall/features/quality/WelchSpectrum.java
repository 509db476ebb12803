package io.heimdall.features.quality;

/** Averages the power of frames, over all time and over equal pieces of it. Confined to one thread. */
final class WelchSpectrum {
    private final int fftLength;
    private final boolean complex;
    private final int bins;
    private final long frames;
    private final double[] sum;
    private final double[][] columns;
    private final long[] columnFrames;
    private long added;

    WelchSpectrum(int fftLength, boolean complex, long frames, int columns) {
        this.fftLength = fftLength;
        this.complex = complex;
        this.frames = frames;
        bins = complex ? fftLength : fftLength / 2 + 1;
        sum = new double[bins];
        int count = (int) Math.min(columns, frames);
        this.columns = new double[count][count == 1 ? 0 : bins]; // a single one is the sum itself
        columnFrames = new long[count];
    }

    /**
     * Adds frames.
     *
     * @param transformed row-major {@code [bins][count][2]}, 0 Hz first
     * @param count frames in it
     * @param first the first one's number in the recording
     */
    void add(float[] transformed, int count, long first) {
        for (int t = 0; t < count; t++) {
            int column = (int) ((first + t) * columns.length / frames);
            columnFrames[column]++;
            double[] into = columns[column];
            for (int k = 0; k < bins; k++) {
                double re = transformed[2 * (k * count + t)];
                double im = transformed[2 * (k * count + t) + 1];
                // The lines of a complex signal run from the most negative frequency on.
                int bin = complex ? k ^ fftLength / 2 : k;
                double power = re * re + im * im;
                sum[bin] += power;
                if (into.length > 0) {
                    into[bin] += power;
                }
            }
        }
        added += count;
    }

    int fftLength() {
        return fftLength;
    }

    boolean complex() {
        return complex;
    }

    int bins() {
        return bins;
    }

    /** Frames that count as independent: half overlapping Hann windows share a sixth of their amplitude. */
    double independentFrames() {
        return added / (1 + 2.0 / 36);
    }

    /** Returns the mean power of each line; together they have the mean power of the signal. */
    double[] mean() {
        return scaled(sum, added);
    }

    float[] meanDb() {
        return decibels(sum, added);
    }

    float[][] columnsDb() {
        float[][] all = new float[columns.length][];
        for (int c = 0; c < all.length; c++) {
            all[c] = decibels(columns[c].length == 0 ? sum : columns[c], columnFrames[c]);
        }
        return all;
    }

    private double[] scaled(double[] power, long count) {
        // The window's squares sum to 3 N / 8; a real signal has half of each line on the far side of 0 Hz.
        double all = count == 0 ? 0 : 1 / (count * 0.375 * fftLength * fftLength);
        double[] scaled = new double[bins];
        for (int k = 0; k < bins; k++) {
            scaled[k] = power[k] * all * (complex || k == 0 || k == bins - 1 ? 1 : 2);
        }
        return scaled;
    }

    private float[] decibels(double[] power, long count) {
        double[] scaled = scaled(power, count);
        float[] decibels = new float[bins];
        for (int k = 0; k < bins; k++) {
            decibels[k] = (float) Decibels.of(scaled[k]);
        }
        return decibels;
    }
}
