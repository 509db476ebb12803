package io.heimdall.simulation;

import java.util.SplittableRandom;

/** A signal of many carriers: normally distributed noise with a flat spectrum over four fifths of the recorded band. */
final class Wideband {
    /** Edge of the band relative to the rate of the signal, which is twice that of the recordings. */
    private static final double EDGE = 0.2;

    private static final int TAPS = 65;
    private static final double KAISER_BETA = 6;

    private Wideband() {}

    static void write(SplittableRandom random, float[] iq) {
        int half = TAPS / 2;
        float[] noise = new float[iq.length + 4 * half];
        for (int n = 0; n < noise.length; n++) {
            noise[n] = (float) random.nextGaussian();
        }
        double[] taps = taps();
        for (int n = 0; n < iq.length; n += 2) {
            double real = 0;
            double imaginary = 0;
            for (int k = 0; k < TAPS; k++) {
                real += taps[k] * noise[n + 2 * k];
                imaginary += taps[k] * noise[n + 2 * k + 1];
            }
            iq[n] = (float) real;
            iq[n + 1] = (float) imaginary;
        }
    }

    /**
     * Returns the spectrum.
     *
     * @param frequency relative to the signal's rate, -0.5..0.5
     * @return its power density relative to a flat spectrum of the same power over the whole of the signal's rate
     */
    static double density(double frequency) {
        double[] taps = taps();
        double gain = 0;
        double power = 0;
        for (int k = 0; k < TAPS; k++) {
            gain += taps[k] * Math.cos(2 * Math.PI * frequency * (k - TAPS / 2));
            power += taps[k] * taps[k];
        }
        return gain * gain / power;
    }

    private static double[] taps() {
        double[] taps = new double[TAPS];
        for (int k = 0; k < TAPS; k++) {
            double x = k - TAPS / 2;
            double edge = x / (TAPS / 2.0);
            double sinc = x == 0 ? 2 * EDGE : Math.sin(2 * Math.PI * EDGE * x) / (Math.PI * x);
            taps[k] = sinc
                    * Delay.bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - edge * edge)))
                    / Delay.bessel(KAISER_BETA);
        }
        return taps;
    }
}
