package io.heimdall.simulation;

import java.util.SplittableRandom;

/** Modulating signals that carry random bits. */
final class DataSignals {

    /** What a signal of one means in four-level modulation; the outer symbols are three times as far off. */
    static final double INNER_DEVIATION_HZ = 648;

    private static final double TONE_BAUD = 1200;
    private static final double LOW_TONE_HZ = 1200;
    private static final double HIGH_TONE_HZ = 2200;
    private static final double SYMBOL_BAUD = 4800;
    private static final double ROLL_OFF = 0.2;
    private static final int PULSE_SYMBOLS = 6;

    private DataSignals() {}

    /** Writes one of two tones per bit, without a jump of phase, into the real parts; -1..1. */
    static void writeTones(SplittableRandom random, double rateHz, float[] iq) {
        double phase = 2 * Math.PI * random.nextDouble();
        double shift = random.nextDouble();
        long bit = Long.MIN_VALUE;
        double toneHz = LOW_TONE_HZ;
        for (int n = 0; n < iq.length; n += 2) {
            long now = (long) Math.floor(n / 2 / rateHz * TONE_BAUD + shift);
            if (now != bit) {
                bit = now;
                toneHz = random.nextBoolean() ? HIGH_TONE_HZ : LOW_TONE_HZ;
            }
            phase += 2 * Math.PI * toneHz / rateHz;
            iq[n] = (float) Math.sin(phase);
        }
    }

    /** Writes levels -3, -1, 1, 3 in pulses that do not disturb each other, into the real parts. */
    static void writeFourLevels(SplittableRandom random, double rateHz, float[] iq) {
        double perSample = SYMBOL_BAUD / rateHz;
        double shift = random.nextDouble();
        int[] levels = new int[(int) (iq.length / 2 * perSample) + 2 * PULSE_SYMBOLS + 2];
        for (int k = 0; k < levels.length; k++) {
            levels[k] = 2 * random.nextInt(4) - 3;
        }
        for (int n = 0; n < iq.length; n += 2) {
            double symbol = n / 2 * perSample + shift + PULSE_SYMBOLS;
            int middle = (int) symbol;
            double sum = 0;
            for (int k = middle - PULSE_SYMBOLS + 1; k <= middle + PULSE_SYMBOLS; k++) {
                sum += levels[k] * raisedCosine(symbol - k);
            }
            iq[n] = (float) sum;
        }
    }

    /** The raised cosine pulse: one at zero, zero at all other whole symbols. */
    private static double raisedCosine(double symbols) {
        if (Math.abs(symbols) < 1e-9) {
            return 1;
        }
        double pi = Math.PI * symbols;
        double rolled = 2 * ROLL_OFF * symbols;
        double shape =
                Math.abs(1 - rolled * rolled) < 1e-9 ? Math.PI / 4 : Math.cos(ROLL_OFF * pi) / (1 - rolled * rolled);
        return Math.sin(pi) / pi * shape;
    }
}
