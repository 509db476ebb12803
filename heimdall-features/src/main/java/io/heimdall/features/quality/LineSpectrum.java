package io.heimdall.features.quality;

import io.heimdall.features.recording.RecordingInfo;
import java.util.Arrays;

/**
 * What is known of a recording's spectrum, as lines on a circle; that of a real signal is mirrored at 0 Hz.
 *
 * @param power mean power of each line, positive
 * @param spread variance of each line's power over time by the square of its mean: 1 for stationary Gaussian noise
 * @param frames how many independent frames were averaged
 * @param total the sum of all powers
 * @param samples how many samples were looked at
 * @param cumulant the fourth cumulant of the samples by the square of their mean power: 0 for Gaussian noise, {@code -1} for a
 *     signal of constant envelope; those of independent signals add up
 * @param cumulantError what the cumulant of Gaussian noise of this spectrum does not exceed
 * @param rounding the power of a line of the noise that the rounding to integers makes, 0 where it is not known
 */
record LineSpectrum(
        double[] power,
        double[] spread,
        double frames,
        double total,
        long samples,
        double cumulant,
        double cumulantError,
        double rounding,
        Envelope envelope) {
    private static final double LEAST_POWER = 1e-26;
    private static final double SIGMAS = 4;

    static LineSpectrum of(WelchSpectrum welch, SampleStatistics statistics, RecordingInfo info) {
        boolean complex = welch.complex();
        double[] power = circle(welch.mean(), complex);
        double total = 0;
        double squares = 0;
        for (int k = 0; k < power.length; k++) {
            boolean twice = !complex && k != 0 && k != power.length / 2;
            power[k] = Math.max(power[k] / (twice ? 2 : 1), LEAST_POWER);
            total += power[k];
            squares += power[k] * power[k];
        }
        // Noise in a part of the band has fewer independent samples.
        double samples = statistics.samples() * total * total / squares / power.length;
        double deviation = (complex ? 2 : Math.sqrt(24) / 1.5) / Math.sqrt(Math.max(1, samples));
        double code = info.bits().isPresent() ? Math.scalb(1.0, 1 - info.bits().getAsInt()) : 0;
        return new LineSpectrum(
                power,
                circle(welch.spread(), complex),
                // Half overlapping Hann windows share a sixth of their amplitude.
                welch.frames() / (1 + 2.0 / 36),
                total,
                statistics.samples(),
                complex ? statistics.powerVariance() - 1 : (statistics.powerVariance() - 2) / 1.5,
                SIGMAS * deviation,
                code * code / 12 * (complex ? 2 : 1) / power.length,
                Envelope.of(statistics));
    }

    private static double[] circle(double[] lines, boolean complex) {
        if (complex) {
            return lines.clone();
        }
        int half = lines.length - 1;
        double[] both = Arrays.copyOf(lines, 2 * half);
        for (int k = 1; k < half; k++) {
            both[2 * half - k] = lines[k];
        }
        return both;
    }

    /** Returns how many samples of a noise of this spectrum are independent. */
    double independent(double[] noise) {
        double sum = 0;
        double squares = 0;
        for (double level : noise) {
            sum += level;
            squares += level * level;
        }
        return samples * sum * sum / squares / noise.length;
    }

    int lines() {
        return power.length;
    }

    /**
     * A quantile of a line of stationary noise, by its mean (Wilson and Hilferty's approximation of the gamma distribution).
     *
     * @param frames how many independent frames were averaged
     * @param normal the standard normal distribution's
     */
    static double quantile(double frames, double normal) {
        double root = 1 - 1 / (9 * frames) + normal / (3 * Math.sqrt(frames));
        return root * root * root;
    }
}
