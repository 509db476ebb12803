package io.heimdall.features.spectrum;

/**
 * The discrete Fourier transform of one length: {@code X[k] = sum_n x[n] exp(-2i pi k n / N)}.
 *
 * <p>Immutable and thread-safe; the caller owns all buffers and nothing is allocated. A faster kernel is one more
 * implementation.
 */
sealed interface Fft permits JTransformsFft, BluesteinFft {

    /** Returns the fastest transform at hand for {@code length} points. */
    static Fft of(int length) {
        return Integer.bitCount(length) == 1 ? new JTransformsFft(length) : new BluesteinFft(length);
    }

    /** Returns how many doubles of working memory {@link #forward} needs. */
    int workLength();

    /**
     * Transforms in place.
     *
     * @param values {@code N} pairs of real and imaginary part; what follows them is left alone
     * @param work at least {@link #workLength()} long, its content is lost
     */
    void forward(double[] values, double[] work);
}
