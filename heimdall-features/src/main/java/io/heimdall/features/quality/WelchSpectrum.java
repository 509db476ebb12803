package io.heimdall.features.quality;

/** Averages the power of frames, over all time and over equal pieces of it. Confined to one thread. */
final class WelchSpectrum {
    private final int fftLength;
    private final boolean complex;
    private final int bins;
    private final long frames;
    private final double[] sum;
    private final double[] sumOfSquares;
    private final double[][] columns;
    private final long[] columnFrames;
    private long added;

    WelchSpectrum(int fftLength, boolean complex, long frames, int columns) {
        this.fftLength = fftLength;
        this.complex = complex;
        this.frames = frames;
        bins = complex ? fftLength : fftLength / 2 + 1;
        sum = new double[bins];
        sumOfSquares = new double[bins];
        int count = (int) Math.min(columns, frames);
        this.columns = new double[count][count == 1 ? 0 : bins]; // a single one is the sum itself
        columnFrames = new long[count];
    }

    /**
     * Adds a frame.
     *
     * @param transformed pairs of real and imaginary part, 0 Hz first
     * @param number the frame's number in the recording
     */
    void add(float[] transformed, long number) {
        int column = (int) (number * columns.length / frames);
        columnFrames[column]++;
        double[] into = columns[column].length > 0 ? columns[column] : null;
        // The lines of a complex signal run from the most negative frequency on.
        int half = complex ? fftLength / 2 : 0;
        add(transformed, 0, bins - half, half, into);
        add(transformed, bins - half, bins, half - bins, into);
        added++;
    }

    private void add(float[] transformed, int from, int to, int shift, double[] column) {
        for (int k = from; k < to; k++) {
            double re = transformed[2 * k];
            double im = transformed[2 * k + 1];
            double power = re * re + im * im;
            sum[k + shift] += power;
            sumOfSquares[k + shift] += power * power;
        }
        for (int k = from; column != null && k < to; k++) {
            double re = transformed[2 * k];
            double im = transformed[2 * k + 1];
            column[k + shift] += re * re + im * im;
        }
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

    long frames() {
        return added;
    }

    /** Returns the mean power of each line; together they have the mean power of the signal. */
    double[] mean() {
        return scaled(sum, added);
    }

    /**
     * Returns the variance of each line's power over the frames, relative to the square of its mean: about 1 for stationary
     * Gaussian noise, 0 for a steady tone, more for what comes and goes.
     *
     * @see <a href="https://doi.org/10.1086/652409">Nita and Gary, 2010, the generalised spectral kurtosis estimator</a>
     */
    double[] spread() {
        double[] spread = new double[bins];
        double bias = (added + 1.0) / (added - 1.0);
        for (int k = 0; k < bins; k++) {
            spread[k] = sum[k] > 0 ? bias * (added * (sumOfSquares[k] / sum[k] / sum[k]) - 1) : 0;
        }
        return spread;
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
