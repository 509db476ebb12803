package io.heimdall.features.quality;

import java.util.Arrays;

/**
 * The lines of a spectrum that stand out of its noise.
 *
 * @param found whether there are any
 * @param snrDb their power over that of the noise in all lines
 * @param occupiedLines how many lines hold 99 % of it
 * @param meanLine its mean line, 0 Hz being line 0
 */
record SignalLines(boolean found, double snrDb, double occupiedLines, double meanLine) {
    private static final SignalLines NONE = new SignalLines(false, 0, 0, 0);
    private static final int LEAST_FRAMES = 8;
    private static final double LOWER_QUARTILE = -0.6745;
    private static final double ONE_IN_30_000 = 4.0;
    private static final double OUTSIDE = 0.005;

    /** A filter's edge takes a fiftieth of the band, and goes up from 3 dB over its far end to 20 dB. */
    private static final int EDGE = 50;

    private static final double FLAT = 2;
    private static final double STEEP = 100;

    /** Below -200 dBFS there is nothing but rounding. */
    private static final double SILENCE = 1e-20;

    static SignalLines of(WelchSpectrum spectrum) {
        double frames = spectrum.independentFrames();
        double[] power = spectrum.mean();
        double total = Arrays.stream(power).sum();
        if (frames < LEAST_FRAMES || !(total > SILENCE) || Double.isInfinite(total)) {
            return NONE;
        }
        int from = spectrum.complex() ? stopband(power) : 0;
        int to = power.length - from;
        double[] sorted = Arrays.copyOfRange(power, from, to);
        Arrays.sort(sorted);
        double floor = Math.max(sorted[sorted.length / 4] / gamma(frames, LOWER_QUARTILE), SILENCE);
        double threshold = floor * gamma(frames, ONE_IN_30_000);
        double[] excess = new double[power.length];
        double signal = 0;
        for (int k = from; k < to; k++) {
            excess[k] = power[k] > threshold ? power[k] - floor : 0;
            signal += excess[k];
        }
        if (!(signal > 0)) {
            return NONE;
        }
        double mean = 0;
        for (int k = 0; k < excess.length; k++) {
            mean += k * excess[k] / signal;
        }
        double zero = spectrum.complex() ? spectrum.fftLength() / 2.0 : 0;
        return new SignalLines(
                true,
                10 * Math.log10(signal / (floor * (to - from))),
                edge(excess, (1 - OUTSIDE) * signal) - edge(excess, OUTSIDE * signal),
                mean - zero);
    }

    /**
     * Finds a receiver's own filter: beyond it there is no noise of the air, only that of rounding. It rises steeply at the
     * same distance on both sides of 0 Hz.
     *
     * @return how many lines it takes away on each side, 0 where none is seen
     */
    private static int stopband(double[] power) {
        int width = Math.max(2, power.length / EDGE);
        double[] mirrored = new double[power.length];
        for (int k = 0; k < power.length; k++) {
            mirrored[k] = power[power.length - 1 - k];
        }
        int low = rise(power, width);
        int high = rise(mirrored, width);
        return low > 0 && high > 0 && Math.abs(low - high) <= width ? Math.max(low, high) + width : 0;
    }

    /** Returns the line from which the power has risen over that of the band's end, within so many lines; 0 for none. */
    private static int rise(double[] power, int width) {
        double end = median(power, 0, width);
        int k = width;
        while (k < power.length / 2 - 2 * width && median(power, k, width) < FLAT * end) {
            k++;
        }
        return median(power, k + width, width) > STEEP * end ? k : 0;
    }

    private static double median(double[] power, int from, int count) {
        double[] some = Arrays.copyOfRange(power, from, from + count);
        Arrays.sort(some);
        return some[count / 2];
    }

    /**
     * A quantile of the mean of so many exponential powers of mean 1 (Wilson and Hilferty's approximation).
     *
     * @param normal the standard normal distribution's
     */
    private static double gamma(double frames, double normal) {
        double root = 1 - 1 / (9 * frames) + normal / (3 * Math.sqrt(frames));
        return root * root * root;
    }

    /** Where the power below has reached so much, in lines, each one line wide. */
    private static double edge(double[] excess, double wanted) {
        double below = 0;
        for (int k = 0; k < excess.length; k++) {
            if (below + excess[k] >= wanted) {
                return k + (wanted - below) / excess[k];
            }
            below += excess[k];
        }
        return excess.length;
    }
}
