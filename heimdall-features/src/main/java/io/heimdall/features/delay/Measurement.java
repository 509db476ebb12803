package io.heimdall.features.delay;

import java.util.Optional;

/**
 * The delay that the products of two recordings' spectra tell.
 *
 * @param alignment of the products
 * @param products the products
 * @param coherence of each line
 * @param sum the weighted sum of the lines
 * @param residual the delay beyond that of the alignment, seconds
 */
record Measurement(Alignment alignment, Products products, Coherence coherence, LineSum sum, double residual) {
    private static final int ROUNDS = 3;

    /** The mean square of the window's slope over that of the window, its length being 1. */
    private static final double WINDOW_SLOPE = 12.2;

    /** The mean square of a window's phase under one line's frequency. */
    private static final double WINDOW_SPREAD = 1.05;

    private static final int POINTS_A_SAMPLE = 4;

    /**
     * Measures: phases of the blocks, coherence of the lines, and the delay of their sum, in turn until they agree.
     *
     * @param first the weights to begin with
     * @param offsetHz the largest frequency offset from that of the alignment, of either sign
     * @param range where the delay can be
     * @return the measurement, empty where nothing is coherent
     */
    static Optional<Measurement> of(
            CrossSpectrum spectrum,
            Lines lines,
            Alignment alignment,
            FirstWeights first,
            double offsetHz,
            Range range) {
        Products products = new Products(spectrum, lines, alignment.middle());
        double[] weights = products.firstWeights(first);
        double residual = 0;
        Measurement measurement = null;
        for (int round = 0; round < ROUNDS; round++) {
            products.add(weights, residual, offsetHz);
            Coherence coherence = products.coherence(residual);
            if (coherence.none()) {
                return Optional.empty();
            }
            LineSum sum = products.sum(coherence);
            measurement = new Measurement(alignment, products, coherence, sum, residual);
            residual = measurement.highest(range);
            measurement = new Measurement(alignment, products, coherence, sum, residual);
            weights = products.weights(coherence);
        }
        return Optional.of(measurement);
    }

    /** Returns the highest point of the curve. */
    private double highest(Range range) {
        DelayCurve curve = curve(range);
        int best = 0;
        for (int i = 1; i < curve.points(); i++) {
            best = curve.height(i) > curve.height(best) ? i : best;
        }
        double start = curve.delaySeconds(best) - alignment.delay();
        return sum.maximum(start, 2 * curve.stepSeconds());
    }

    /** Returns the curve over the range, as far as a quarter of a segment goes. */
    DelayCurve curve(Range range) {
        double step = 1 / (products.lineHz() * products.size() * POINTS_A_SAMPLE);
        int reach = products.size() * POINTS_A_SAMPLE / 4;
        int before = (int) Math.max(0, Math.min(reach, Math.floor((delay() + range.delay()) / step)));
        int after = (int) Math.max(0, Math.min(reach, Math.floor((range.delay() - delay()) / step)));
        float[] heights = sum.moduli(residual, step, products.lineHz(), before, after);
        float peak = heights[before];
        for (int i = 0; i < heights.length; i++) {
            heights[i] /= peak;
        }
        return new DelayCurve(delay() - before * step, step, heights);
    }

    double delay() {
        return alignment.delay() + residual;
    }

    double offsetHz() {
        return alignment.offsetHz() + products.offsetHz();
    }

    /** Returns how the delay grows, seconds a second. */
    double drift() {
        return alignment.drift() + products.drift(coherence, residual);
    }

    /** Returns one sigma by noise: that of the slope by the weights, over the bend that was measured. */
    double noiseSigma() {
        double slope = coherence.total() * coherence.meanSquare(products.hertz()) / products.segments();
        return Math.sqrt(slope) / -sum.bendAt(residual);
    }

    double dispersionSigma() {
        return Dispersion.sigma(products, coherence, residual);
    }

    /**
     * Returns what the signal itself adds to the variance of the delay, as a share, since the segments of the recordings are
     * not quite of the same times and frequencies.
     */
    double selfNoise(double rateHz) {
        double late = residual * rateHz / products.size();
        double raised = products.offsetHz() / products.lineHz();
        return (WINDOW_SLOPE * late * late + WINDOW_SPREAD * raised * raised) * coherence.typical();
    }

    double rmsBandwidthHz() {
        return Math.sqrt(coherence.meanSquare(products.hertz())) / (2 * Math.PI);
    }

    /** Returns how much log likelihood is lost where the curve falls to 0. */
    double logLikelihoodScale() {
        double sigma = noiseSigma();
        return -sum.modulus(residual) / (sum.bendAt(residual) * sigma * sigma);
    }

    /** Returns what this measured as an alignment. */
    Alignment aligned(double drift) {
        return new Alignment(delay(), drift, offsetHz(), alignment.middle());
    }
}
