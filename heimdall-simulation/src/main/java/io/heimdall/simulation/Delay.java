package io.heimdall.simulation;

/**
 * Reads a signal between its samples, by a windowed sinc of {@value #TAPS} taps.
 *
 * <p>Exact to 80 dB for signals up to three quarters of half the sample rate. Not thread-safe: it has working memory.
 */
final class Delay {
    static final int TAPS = 32;

    /** So many samples share one set of taps: the position between samples drifts by no more than clocks differ. */
    private static final int BLOCK = 256;

    private static final double KAISER_BETA = 8;

    private final float[] taps = new float[TAPS];

    /**
     * Reads the signal at equally spaced places.
     *
     * @param iq pairs; {@code TAPS / 2} samples before the first place and after the last are needed
     * @param first place of the first sample read, in samples of {@code iq}
     * @param step from one place to the next, within 1e-4 of a whole number
     * @param out pairs, every element overwritten
     */
    void read(float[] iq, double first, double step, float[] out) {
        int whole = (int) Math.rint(step);
        for (int from = 0; from < out.length / 2; from += BLOCK) {
            int to = Math.min(out.length / 2, from + BLOCK);
            double middle = (from + to - 1) / 2.0;
            double start = first + from * (double) whole + middle * (step - whole);
            int base = (int) Math.floor(start);
            setTaps(start - base);
            for (int n = from; n < to; n++) {
                int at = 2 * (base + (n - from) * whole - TAPS / 2 + 1);
                float real = 0;
                float imaginary = 0;
                for (int k = 0; k < TAPS; k++) {
                    real += taps[k] * iq[at + 2 * k];
                    imaginary += taps[k] * iq[at + 2 * k + 1];
                }
                out[2 * n] = real;
                out[2 * n + 1] = imaginary;
            }
        }
    }

    private void setTaps(double fraction) {
        for (int k = 0; k < TAPS; k++) {
            double x = k - TAPS / 2 + 1 - fraction;
            double sinc = Math.abs(x) < 1e-12 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            double edge = x / (TAPS / 2.0);
            taps[k] = (float) (sinc
                    * bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - edge * edge)))
                    / bessel(KAISER_BETA));
        }
    }

    /** The modified Bessel function of order zero, by its series. */
    static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }
}
