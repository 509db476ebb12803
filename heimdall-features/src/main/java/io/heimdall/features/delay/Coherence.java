package io.heimdall.features.delay;

/**
 * The measured coherence of each line, and the weight that the maximum-likelihood delay gives it: {@code C / (1 - C)}.
 *
 * <p>Strong lines are taken one by one; then, of what is left, means over more and more neighbours, up to the whole band,
 * are taken where they stand out of the chance coherence of noise. So a narrow signal keeps its edges, a wide weak one is
 * found at all, and lines of noise weigh nothing.
 *
 * @param weight of each line, 0 where nothing is coherent
 * @param squared the magnitude-squared coherence of each line
 * @see <a href="https://doi.org/10.1109/TASSP.1976.1162830">Knapp and Carter, 1976</a>
 */
record Coherence(double[] weight, double[] squared) {
    /** Noise passes once in exp(4) recordings. */
    private static final double RARE = 4;

    private static final double HIGHEST = 1 - 1e-7;

    /** Fewer independent products do not tell the incoherent part. */
    private static final int LEAST = 24;

    /**
     * Measures.
     *
     * @param re the product of each line over the root of both powers, its delay taken away
     * @param im its imaginary part
     * @param usable which lines count
     * @param segments over how many half overlapping segments the products were averaged
     */
    static Coherence of(double[] re, double[] im, boolean[] usable, long segments) {
        int count = re.length;
        Coherence coherence = new Coherence(new double[count], new double[count]);
        boolean[] free = usable.clone();
        int scales = 2 + Integer.numberOfTrailingZeros(Integer.highestOneBit(Math.max(1, count)));
        double threshold = Math.log((double) Math.max(1, count) * scales) + RARE;
        double[] sums = new double[3 * (count + 1)];
        for (int reach = 0; ; reach = 2 * reach + 1) {
            for (int i = 0; i < count; i++) {
                sums[3 * i + 3] = sums[3 * i] + (free[i] ? re[i] : 0);
                sums[3 * i + 4] = sums[3 * i + 1] + (free[i] ? im[i] : 0);
                sums[3 * i + 5] = sums[3 * i + 2] + (free[i] ? 1 : 0);
            }
            for (int i = 0; i < count; i++) {
                if (free[i]) {
                    free[i] = !coherence.take(i, reach, sums, segments, threshold);
                }
            }
            if (reach >= count) {
                return coherence;
            }
        }
    }

    /** Takes a line if the mean over its free neighbours stands out; tells whether it does. */
    private boolean take(int line, int reach, double[] sums, long segments, double threshold) {
        int from = 3 * Math.max(0, line - reach);
        int to = 3 * Math.min(weight.length, line + reach + 1);
        double lines = sums[to + 2] - sums[from + 2];
        double re = (sums[to] - sums[from]) / lines;
        double im = (sums[to + 1] - sums[from + 1]) / lines;
        double independent = independent(segments, lines);
        double measured = re * re + im * im;
        if (measured * independent < threshold || independent < Math.min(LEAST, segments)) {
            return false;
        }
        double c = Math.min(HIGHEST, (measured - 1 / independent) / (1 - 1 / independent));
        squared[line] = c;
        weight[line] = c / (1 - c);
        return true;
    }

    /** Neighbouring lines of a window share half of what they say; and so do half overlapping segments. */
    static double independent(long segments, double lines) {
        return 0.5 * segments * (lines + 0.8);
    }

    /** Returns the mean frequency, by weight. */
    double centre(double[] hertz) {
        double sum = 0;
        for (int i = 0; i < hertz.length; i++) {
            sum += weight[i] * hertz[i];
        }
        return sum / total();
    }

    /** Returns the mean square of the angular frequency from its centre, by weight: Stein's beta squared. */
    double meanSquare(double[] hertz) {
        double centre = centre(hertz);
        double sum = 0;
        for (int i = 0; i < hertz.length; i++) {
            double omega = 2 * Math.PI * (hertz[i] - centre);
            sum += weight[i] * omega * omega;
        }
        return sum / total();
    }

    /** Returns the mean coherence, by weight. */
    double mean() {
        double sum = 0;
        for (int i = 0; i < weight.length; i++) {
            sum += weight[i] * squared[i];
        }
        return sum / total();
    }

    boolean none() {
        return total() == 0;
    }

    double total() {
        double sum = 0;
        for (double w : weight) {
            sum += w;
        }
        return sum;
    }
}
