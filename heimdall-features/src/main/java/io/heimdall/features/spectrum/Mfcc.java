package io.heimdall.features.spectrum;

/**
 * Mel-frequency cepstral coefficients: the orthonormal DCT-II of the levels, over the bands.
 *
 * <pre>{@code
 * out[k][t] = s(k) sum_m cos( pi k (2m + 1) / (2M) ) levels[m][t]     s(0) = sqrt(1/M), else sqrt(2/M)
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TASSP.1980.1163420">Davis and Mermelstein, 1980</a>
 */
public final class Mfcc {
    private final int mels;
    private final int coefficients;
    private final double[] basis;

    private Mfcc(int mels, int coefficients) {
        this.mels = mels;
        this.coefficients = coefficients;
        basis = new double[coefficients * mels];
        for (int k = 0; k < coefficients; k++) {
            double scale = Math.sqrt((k == 0 ? 1.0 : 2.0) / mels);
            for (int m = 0; m < mels; m++) {
                basis[k * mels + m] = scale * Math.cos(Math.PI * k * (2 * m + 1) / (2.0 * mels));
            }
        }
    }

    /**
     * Returns the transform of so many bands into so many coefficients.
     *
     * @param mels bands, from 1
     * @param coefficients the first coefficients to keep, 1..{@code mels}
     * @throws IllegalArgumentException if they are not in their ranges
     */
    public static Mfcc of(int mels, int coefficients) {
        if (mels < 1 || coefficients < 1 || coefficients > mels) {
            throw new IllegalArgumentException(
                    "number of coefficients " + coefficients + " is not in 1..the number of bands, " + mels);
        }
        return new Mfcc(mels, coefficients);
    }

    /**
     * Writes the coefficients of every frame into {@code out} without allocating.
     *
     * @param levels row-major {@code [mels][frames]}, in decibels
     * @param frames the number of columns
     * @param out row-major {@code [coefficients][frames]}, every element overwritten
     * @throws IllegalArgumentException if either array has not its length
     */
    public void apply(float[] levels, int frames, float[] out) {
        if (levels.length != (long) mels * frames || out.length != (long) coefficients * frames) {
            throw new IllegalArgumentException("levels and out have " + levels.length + " and " + out.length
                    + " elements, not " + mels + " x " + frames + " and " + coefficients + " x " + frames);
        }
        for (int k = 0; k < coefficients; k++) {
            for (int t = 0; t < frames; t++) {
                double sum = 0;
                for (int m = 0; m < mels; m++) {
                    sum += basis[k * mels + m] * levels[m * frames + t];
                }
                out[k * frames + t] = (float) sum;
            }
        }
    }
}
