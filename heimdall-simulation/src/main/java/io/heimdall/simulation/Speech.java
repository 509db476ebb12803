package io.heimdall.simulation;

import java.util.SplittableRandom;

/**
 * Something like speech: a voice's harmonics between 300 and 2700 Hz, swelling in syllables.
 *
 * <p>The signal is analytic, it has no negative frequencies: as it stands an upper side band, its real part audio.
 */
final class Speech {
    private static final double LOWEST_HZ = 300;
    private static final double HIGHEST_HZ = 2700;
    private static final double INTONATION = 0.06;
    private static final double INTONATION_HZ = 2.5;
    private static final double SYLLABLES_HZ = 4;

    private Speech() {}

    /** Writes pairs; their real part is at most 1. */
    static void write(SplittableRandom random, double rateHz, float[] iq) {
        double pitchHz = 90 + 130 * random.nextDouble();
        int first = (int) Math.ceil(LOWEST_HZ / (pitchHz * (1 - INTONATION)));
        int last = (int) Math.floor(HIGHEST_HZ / (pitchHz * (1 + INTONATION)));
        double[] real = new double[last + 1];
        double[] imaginary = new double[last + 1];
        for (int h = first; h <= last; h++) {
            double size = (0.3 + 0.7 * random.nextDouble()) / Math.sqrt(h);
            double angle = 2 * Math.PI * random.nextDouble();
            real[h] = size * Math.cos(angle);
            imaginary[h] = size * Math.sin(angle);
        }
        double melody = 2 * Math.PI * random.nextDouble();
        double syllable = 2 * Math.PI * random.nextDouble();
        double phase = 0;
        double peak = 0;
        for (int n = 0; n < iq.length; n += 2) {
            double time = n / 2 / rateHz;
            phase += 2
                    * Math.PI
                    * pitchHz
                    / rateHz
                    * (1 + INTONATION * Math.sin(2 * Math.PI * INTONATION_HZ * time + melody));
            double swell = 0.6 - 0.4 * Math.cos(2 * Math.PI * SYLLABLES_HZ * time + syllable);
            writeHarmonics(real, imaginary, phase, swell, iq, n);
            peak = Math.max(peak, Math.abs(iq[n]));
        }
        for (int n = 0; n < iq.length; n++) {
            iq[n] = (float) (iq[n] / peak);
        }
    }

    /** The sum over h of c_h z^h with z on the unit circle, by Horner's rule: one sine for all harmonics. */
    private static void writeHarmonics(
            double[] real, double[] imaginary, double phase, double swell, float[] iq, int n) {
        double zReal = Math.cos(phase);
        double zImaginary = Math.sin(phase);
        double sumReal = 0;
        double sumImaginary = 0;
        for (int h = real.length - 1; h >= 0; h--) {
            double turned = sumReal * zReal - sumImaginary * zImaginary;
            sumImaginary = sumReal * zImaginary + sumImaginary * zReal + imaginary[h];
            sumReal = turned + real[h];
        }
        iq[n] = (float) (swell * sumReal);
        iq[n + 1] = (float) (swell * sumImaginary);
    }
}
