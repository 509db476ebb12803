package io.heimdall.features.delay;

/**
 * How far the phase between two recordings is from a straight line over frequency, and what that may do to the delay.
 *
 * <p>The lines are put into groups of equal weight. Where the groups' phases are farther from a line than noise explains,
 * once in a thousand times, the error of the slope is taken from these residuals themselves, as White's estimator does.
 *
 * @see <a href="https://doi.org/10.2307/1912934">White, 1980</a>
 */
final class Dispersion {
    private static final int GROUPS = 8;
    private static final int LEAST_GROUPS = 4;

    /** A group of lines has this to tell at least, so that its phase is known to a fifth of a radian. */
    private static final double LEAST_WEIGHT = 25;

    private static final double ONE_IN_THOUSAND = 3.09;

    private Dispersion() {}

    /** Returns one sigma of the delay by dispersion, seconds; 0 where none is seen. */
    static double sigma(Products products, Coherence coherence, double delay) {
        double segments = products.segments();
        double total = coherence.total();
        int groups = (int) Math.min(GROUPS, segments * total / LEAST_WEIGHT);
        if (groups < LEAST_GROUPS) {
            return 0;
        }
        double centre = coherence.centre(products.hertz());
        double[] weight = new double[groups];
        double[] omega = new double[groups];
        double[] re = new double[groups];
        double[] im = new double[groups];
        double before = 0;
        for (int i = 0; i < products.hertz().length; i++) {
            double w = coherence.weight()[i];
            if (w > 0) {
                int g = (int) Math.min(groups - 1, (before + w / 2) / total * groups);
                before += w;
                double o = 2 * Math.PI * (products.hertz()[i] - centre);
                double scale = w / Math.sqrt(coherence.squared()[i]);
                double c = Math.cos(o * delay) * scale;
                double s = Math.sin(o * delay) * scale;
                weight[g] += w;
                omega[g] += w * o;
                re[g] += products.re()[i] * c - products.im()[i] * s;
                im[g] += products.re()[i] * s + products.im()[i] * c;
            }
        }
        return sigma(weight, omega, re, im, segments);
    }

    private static double sigma(double[] weight, double[] omega, double[] re, double[] im, double segments) {
        int groups = weight.length;
        double sumRe = 0;
        double sumIm = 0;
        for (int g = 0; g < groups; g++) {
            if (weight[g] == 0) {
                return 0;
            }
            omega[g] /= weight[g];
            sumRe += re[g];
            sumIm += im[g];
        }
        double[] phase = new double[groups];
        double total = 0;
        double mean = 0;
        for (int g = 0; g < groups; g++) {
            phase[g] = Math.atan2(im[g] * sumRe - re[g] * sumIm, re[g] * sumRe + im[g] * sumIm);
            total += weight[g];
            mean += weight[g] * phase[g];
        }
        mean /= total;
        double squares = 0;
        double slope = 0;
        for (int g = 0; g < groups; g++) {
            squares += weight[g] * omega[g] * omega[g];
            slope += weight[g] * omega[g] * (phase[g] - mean);
        }
        slope /= squares;
        double chi = 0;
        double spread = 0;
        for (int g = 0; g < groups; g++) {
            double off = phase[g] - mean - slope * omega[g];
            chi += segments * weight[g] * off * off;
            spread += Math.pow(weight[g] * omega[g] * off, 2);
        }
        if (chi < chance(groups - 2)) {
            return 0;
        }
        double all = spread * groups / (groups - 2) / (squares * squares);
        return Math.sqrt(Math.max(0, all - 1 / (segments * squares)));
    }

    /** Returns what chi squared exceeds once in a thousand times, by Wilson and Hilferty. */
    private static double chance(int degrees) {
        double part = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - part + ONE_IN_THOUSAND * Math.sqrt(part), 3);
    }
}
