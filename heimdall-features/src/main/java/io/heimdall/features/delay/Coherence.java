package io.heimdall.features.delay;

/**
 * The measured coherence of each line, and the weight that the maximum-likelihood delay gives it: {@code C / (1 - C)}.
 *
 * <p>Coherence is taken as constant over intervals of lines, which halves of halves of the band make: those that explain the
 * products best, each at a price. So a strong narrow signal keeps its edges, a wide weak one is found at all, and lines of
 * noise weigh nothing.
 *
 * @param weight of each line, 0 where nothing is coherent
 * @param squared the magnitude-squared coherence of each line
 * @see <a href="https://doi.org/10.1109/TASSP.1976.1162830">Knapp and Carter, 1976</a>
 */
record Coherence(double[] weight, double[] squared) {
    /** An interval of noise is taken once in exp(5) recordings. */
    private static final double RARE = 5;

    private static final double HIGHEST = 1 - 1e-7;

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
        double[] sums = new double[3 * (count + 1)];
        for (int i = 0; i < count; i++) {
            sums[3 * i + 3] = sums[3 * i] + (usable[i] ? re[i] : 0);
            sums[3 * i + 4] = sums[3 * i + 1] + (usable[i] ? im[i] : 0);
            sums[3 * i + 5] = sums[3 * i + 2] + (usable[i] ? 1 : 0);
        }
        coherence.take(0, count, sums, segments, Math.log(2.0 * Math.max(1, count)) + RARE);
        for (int i = 0; i < count; i++) {
            coherence.squared[i] = usable[i] ? coherence.squared[i] : 0;
            coherence.weight[i] = coherence.squared[i] / (1 - coherence.squared[i]);
        }
        return coherence;
    }

    /** Writes the coherence of an interval, as one or as its halves, and returns what the better of the two gains. */
    private double take(int from, int to, double[] sums, long segments, double price) {
        double lines = sums[3 * to + 2] - sums[3 * from + 2];
        if (lines == 0) {
            return 0;
        }
        double halves = 0;
        if (to - from > 1) {
            int middle = (from + to) >>> 1;
            halves = take(from, middle, sums, segments, price) + take(middle, to, sums, segments, price);
        }
        double independent = independent(segments, lines);
        double re = (sums[3 * to] - sums[3 * from]) / lines;
        double im = (sums[3 * to + 1] - sums[3 * from + 1]) / lines;
        double measured = Math.min(HIGHEST, re * re + im * im);
        double whole = -independent * Math.log(1 - measured) - price;
        if (whole > halves) {
            double c = Math.max(0, (measured - 1 / independent) / (1 - 1 / independent));
            java.util.Arrays.fill(squared, from, to, c);
            return whole;
        }
        if (halves == 0) {
            java.util.Arrays.fill(squared, from, to, 0);
        }
        return halves;
    }

    /** Neighbouring lines of a window share half of what they say, and so do half overlapping segments. */
    private static double independent(long segments, double lines) {
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

    /** Returns the mean square of the angular frequency from its centre, by weight. */
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

    /** Returns the mean weight, by weight. */
    double typical() {
        double sum = 0;
        for (double w : weight) {
            sum += w * w;
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
