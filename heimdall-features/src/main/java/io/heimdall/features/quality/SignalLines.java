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

    /** Below -200 dBFS there is nothing but rounding. */
    private static final double SILENCE = 1e-20;

    static SignalLines of(WelchSpectrum spectrum) {
        double frames = spectrum.independentFrames();
        double[] power = spectrum.mean();
        double total = Arrays.stream(power).sum();
        if (frames < LEAST_FRAMES || !(total > SILENCE) || Double.isInfinite(total)) {
            return NONE;
        }
        double[] sorted = power.clone();
        Arrays.sort(sorted);
        double floor = Math.max(sorted[sorted.length / 4] / gamma(frames, LOWER_QUARTILE), SILENCE);
        double threshold = floor * gamma(frames, ONE_IN_30_000);
        double[] excess = new double[power.length];
        double signal = 0;
        for (int k = 0; k < power.length; k++) {
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
                10 * Math.log10(signal / (floor * power.length)),
                edge(excess, (1 - OUTSIDE) * signal) - edge(excess, OUTSIDE * signal),
                mean - zero);
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
