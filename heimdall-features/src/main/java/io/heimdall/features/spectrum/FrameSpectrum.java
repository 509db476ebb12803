package io.heimdall.features.spectrum;

import java.util.Arrays;

/**
 * The spectrum of one frame: periodic Hann window, then Fourier transform.
 *
 * <p>A real signal has the bins 0..N/2, a complex one 0..N-1. Immutable and thread-safe.
 */
final class FrameSpectrum {
    private final int length;
    private final boolean complex;
    /** A real frame of even length is transformed as one of half as many pairs, then untangled. */
    private final boolean paired;

    private final Fft fft;
    private final double[] window;
    /** {@code cos, sin} of {@code 2 pi k / N}, for untangling. */
    private final double[] twiddles;

    FrameSpectrum(int length, boolean complex) {
        this.length = length;
        this.complex = complex;
        paired = !complex && length % 2 == 0;
        fft = Fft.of(paired ? length / 2 : length);
        window = new double[length];
        twiddles = new double[paired ? 2 * (length / 4 + 1) : 0];
        for (int n = 0; n < length; n++) {
            window[n] = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / length);
        }
        for (int i = 0; i < twiddles.length; i += 2) {
            twiddles[i] = Math.cos(Math.PI * i / length);
            twiddles[i + 1] = Math.sin(Math.PI * i / length);
        }
    }

    /** Makes sure that a signal holds its samples. */
    static void check(float[] signal, int samples, boolean complex) {
        long floats = complex ? 2L * samples : samples;
        if (signal.length < floats) {
            throw new IllegalArgumentException("the signal has " + signal.length + " floats, " + samples
                    + " samples of a " + (complex ? "complex" : "real") + " one are " + floats);
        }
    }

    int bins() {
        return complex ? length : length / 2 + 1;
    }

    /** Doubles that the frame, and then its spectrum, take. */
    int spectrumLength() {
        return paired ? length + 2 : 2 * length;
    }

    int workLength() {
        return fft.workLength();
    }

    /**
     * Writes the spectrum of the samples {@code start .. start + N - 1} of a signal, zero outside of it.
     *
     * @param signal pairs I, Q where complex, else one value a sample
     * @param samples the samples that {@code signal} holds
     * @param start the first sample of the frame, may be negative
     * @param spectrum receives {@link #bins()} pairs of real and imaginary part
     */
    void transform(float[] signal, int samples, int start, double[] spectrum, double[] work) {
        int from = Math.min(Math.max(0, -start), length);
        int to = (int) Math.max(from, Math.min(length, (long) samples - start));
        if (complex) {
            Arrays.fill(spectrum, 0, 2 * from, 0);
            for (int n = from; n < to; n++) {
                spectrum[2 * n] = window[n] * signal[2 * (start + n)];
                spectrum[2 * n + 1] = window[n] * signal[2 * (start + n) + 1];
            }
            Arrays.fill(spectrum, 2 * to, 2 * length, 0);
        } else {
            int stride = paired ? 1 : 2;
            Arrays.fill(spectrum, 0);
            for (int n = from; n < to; n++) {
                spectrum[stride * n] = window[n] * signal[start + n];
            }
        }
        fft.forward(spectrum, work);
        if (paired) {
            untangle(spectrum);
        }
    }

    /** {@code power[k] = |spectrum[k]|^2}. */
    void power(double[] spectrum, double[] power) {
        for (int k = 0; k < bins(); k++) {
            power[k] = spectrum[2 * k] * spectrum[2 * k] + spectrum[2 * k + 1] * spectrum[2 * k + 1];
        }
    }

    /**
     * Turns the transform {@code Z} of {@code x[2n] + i x[2n+1]} into that of {@code x}, in place:
     * {@code X[k] = (Z[k] + Z*[M-k]) / 2 - i/2 exp(-2i pi k / N) (Z[k] - Z*[M-k])} with {@code M = N/2}.
     */
    private void untangle(double[] z) {
        int half = length / 2;
        z[2 * half] = z[0];
        z[2 * half + 1] = z[1];
        for (int k = 0, m = half; k <= m; k++, m--) {
            double evenRe = 0.5 * (z[2 * k] + z[2 * m]);
            double evenIm = 0.5 * (z[2 * k + 1] - z[2 * m + 1]);
            double oddRe = 0.5 * (z[2 * k + 1] + z[2 * m + 1]);
            double oddIm = 0.5 * (z[2 * m] - z[2 * k]);
            double re = twiddles[2 * k] * oddRe + twiddles[2 * k + 1] * oddIm;
            double im = twiddles[2 * k] * oddIm - twiddles[2 * k + 1] * oddRe;
            z[2 * k] = evenRe + re;
            z[2 * k + 1] = evenIm + im;
            z[2 * m] = evenRe - re;
            z[2 * m + 1] = im - evenIm;
        }
    }
}
