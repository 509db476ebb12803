package io.heimdall.features.delay;

import java.util.Arrays;

/**
 * The course of the phase between two receivers: a frequency offset, and what their oscillators wander beside it.
 *
 * @param offsetHz the offset that remains
 * @param phase of each block, radians
 */
record BlockPhases(double offsetHz, double[] phase) {
    /** The wander is followed only where that gains so much. */
    private static final double GAIN = 1.05;

    /**
     * Finds the course.
     *
     * @param re the sum of each block over its lines
     * @param im its imaginary part
     * @param time the middle of each, seconds from a time of phase 0
     * @param reachHz the largest offset of either sign
     */
    static BlockPhases of(double[] re, double[] im, double[] time, double reachHz) {
        double span = Math.max(1e-9, time[time.length - 1] - time[0]);
        int steps = time.length == 1 ? 0 : (int) Math.min(4 * time.length, Math.ceil(4 * reachHz * span));
        double step = 0.25 / span;
        double best = -1;
        double offset = 0;
        for (int i = -steps; i <= steps; i++) {
            double power = power(re, im, time, i * step);
            if (power > best) {
                best = power;
                offset = i * step;
            }
        }
        for (double half = step / 2; steps > 0 && half > 1e-7 * step; half /= 2) {
            double lower = power(re, im, time, offset - half);
            double upper = power(re, im, time, offset + half);
            if (Math.max(lower, upper) > best) {
                offset += upper > lower ? half : -half;
                best = Math.max(lower, upper);
            }
        }
        return followed(re, im, time, offset, Math.sqrt(best));
    }

    private static double power(double[] re, double[] im, double[] time, double hertz) {
        double sumRe = 0;
        double sumIm = 0;
        for (int t = 0; t < time.length; t++) {
            double angle = -2 * Math.PI * hertz * time[t];
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            sumRe += re[t] * c - im[t] * s;
            sumIm += re[t] * s + im[t] * c;
        }
        return sumRe * sumRe + sumIm * sumIm;
    }

    /** Takes each block's phase from its neighbours where the sum gains by it: not from itself, which always gains. */
    private static BlockPhases followed(double[] re, double[] im, double[] time, double offset, double steady) {
        double[] x = new double[time.length];
        double[] y = new double[time.length];
        double[] phase = new double[time.length];
        for (int t = 0; t < time.length; t++) {
            phase[t] = 2 * Math.PI * offset * time[t];
            x[t] = re[t] * Math.cos(phase[t]) + im[t] * Math.sin(phase[t]);
            y[t] = im[t] * Math.cos(phase[t]) - re[t] * Math.sin(phase[t]);
        }
        double best = GAIN * steady;
        double[] wander = new double[time.length];
        Arrays.fill(wander, Math.atan2(Arrays.stream(y).sum(), Arrays.stream(x).sum()));
        for (int reach = 1; 4 * reach < time.length; reach *= 2) {
            double[] around = new double[time.length];
            double sum = 0;
            for (int t = 0; t < time.length; t++) {
                double sumX = 0;
                double sumY = 0;
                for (int s = Math.max(0, t - reach); s <= Math.min(time.length - 1, t + reach); s++) {
                    sumX += s == t ? 0 : x[s];
                    sumY += s == t ? 0 : y[s];
                }
                around[t] = Math.atan2(sumY, sumX);
                sum += x[t] * Math.cos(around[t]) + y[t] * Math.sin(around[t]);
            }
            if (sum > best) {
                best = sum;
                wander = around;
            }
        }
        for (int t = 0; t < phase.length; t++) {
            phase[t] += wander[t];
        }
        return new BlockPhases(offset, phase);
    }
}
