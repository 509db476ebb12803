package io.heimdall.features.delay;

import io.heimdall.features.internal.KernelChoice;
import java.util.Arrays;

/**
 * The sum {@code S(r) = sum_k U_k exp(i omega_k r)} over weighted lines, in double precision. Its modulus is the
 * cross-ambiguity at the lag {@code r}, its maximum the delay. Immutable and thread-safe.
 */
final class LineSum {
    private static final int ITERATIONS = 20;

    private final double[] omega;
    private final double[] re;
    private final double[] im;

    private LineSum(double[] omega, double[] re, double[] im) {
        this.omega = omega;
        this.re = re;
        this.im = im;
    }

    /**
     * Makes the sum of the lines that have a weight.
     *
     * @param hertz the frequency of each line
     * @param re the real part of each normalised product
     * @param im its imaginary part
     * @param coherence tells the weights; not all are 0
     */
    static LineSum of(double[] hertz, double[] re, double[] im, Coherence coherence) {
        double centre = coherence.centre(hertz);
        double[] omega = new double[hertz.length];
        double[] x = new double[hertz.length];
        double[] y = new double[hertz.length];
        int count = 0;
        for (int i = 0; i < hertz.length; i++) {
            if (coherence.weight()[i] > 0) {
                double scale = coherence.weight()[i] / Math.sqrt(coherence.squared()[i]);
                omega[count] = 2 * Math.PI * (hertz[i] - centre);
                x[count] = re[i] * scale;
                y[count++] = im[i] * scale;
            }
        }
        return new LineSum(Arrays.copyOf(omega, count), Arrays.copyOf(x, count), Arrays.copyOf(y, count));
    }

    /** Returns the maximum next to {@code start} by Newton's method, no farther than {@code reach} seconds. */
    double maximum(double start, double reach) {
        double r = start;
        for (int i = 0; i < ITERATIONS; i++) {
            double[] sums = sums(r);
            double slope = sums[0] * sums[2] + sums[1] * sums[3];
            double bend = bend(sums);
            double step = bend < 0 ? -slope / bend : Math.copySign(reach / 8, slope);
            double next = Math.max(start - reach, Math.min(start + reach, r + step));
            if (Math.abs(next - r) < 1e-10 * reach) {
                return next;
            }
            r = next;
        }
        return r;
    }

    double modulus(double r) {
        double[] sums = sums(r);
        return Math.hypot(sums[0], sums[1]);
    }

    /** Returns the second derivative of the modulus at a maximum. */
    double bendAt(double r) {
        double[] sums = sums(r);
        return bend(sums) / Math.hypot(sums[0], sums[1]);
    }

    private static double bend(double[] sums) {
        return sums[2] * sums[2] + sums[3] * sums[3] + sums[0] * sums[4] + sums[1] * sums[5];
    }

    /** Returns the sum and its first two derivatives. */
    private double[] sums(double r) {
        double[] sums = new double[6];
        for (int k = 0; k < omega.length; k++) {
            double c = Math.cos(omega[k] * r);
            double s = Math.sin(omega[k] * r);
            double x = re[k] * c - im[k] * s;
            double y = re[k] * s + im[k] * c;
            sums[0] += x;
            sums[1] += y;
            sums[2] -= omega[k] * y;
            sums[3] += omega[k] * x;
            sums[4] -= omega[k] * omega[k] * x;
            sums[5] -= omega[k] * omega[k] * y;
        }
        return sums;
    }

    /**
     * Returns the modulus around {@code middle}, at equal steps.
     *
     * @param stepSeconds one part in a power of two of the inverse distance of lines
     * @param lineHz the distance of lines
     * @param before steps before the middle
     * @param after steps behind it
     */
    float[] moduli(double middle, double stepSeconds, double lineHz, int before, int after) {
        int size = (int) Math.round(1 / (stepSeconds * lineHz));
        GroupFft fft = new GroupFft(size, KernelChoice.portable());
        float[] values = new float[2 * size];
        for (int k = 0; k < omega.length; k++) {
            double c = Math.cos(omega[k] * middle);
            double s = Math.sin(omega[k] * middle);
            int line = (int) Math.round((omega[k] - omega[0]) / (2 * Math.PI * lineHz));
            // Of the conjugates: the transform then goes back to time.
            values[2 * line] = (float) (re[k] * c - im[k] * s);
            values[2 * line + 1] = (float) -(re[k] * s + im[k] * c);
        }
        fft.forward(values, 1);
        float[] moduli = new float[before + after + 1];
        for (int i = 0; i < moduli.length; i++) {
            int at = 2 * fft.place()[i - before & size - 1];
            moduli[i] = (float) Math.hypot(values[at], values[at + 1]);
        }
        return moduli;
    }
}
