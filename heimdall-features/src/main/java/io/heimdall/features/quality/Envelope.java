package io.heimdall.features.quality;

/**
 * What the moments of the samples' power tell of a signal of constant envelope, such as a carrier or frequency modulation,
 * in Gaussian noise.
 *
 * <p>With noise share {@code q} and signal share {@code s = 1 - q} of the power, the power {@code p} of mean 1 has
 * <pre>{@code
 * E p^2         = 2 - s^2               so that q is known from it
 * E (p - 1)^3   = 6 q^2 - 4 q^3         so that the assumption can be tested
 * }</pre>
 *
 * <p>A signal whose envelope changes has a larger {@code E p^2}: {@code q} is then too large, and never too small.
 *
 * @param noise the share {@code q} of the noise, 1 where there is nothing to be seen of a signal
 * @param skewness of the power
 * @param expected the skewness that a constant envelope makes
 * @see <a href="https://doi.org/10.1109/26.871393">Pauluzzi and Beaulieu, 2000, on the estimator of the moments M2 and M4</a>
 */
record Envelope(double noise, double skewness, double expected) {
    private static final double LEAST_SIGNAL = 0.3;
    private static final double MOST_CLIPPED = 1e-3;
    private static final Envelope UNKNOWN = new Envelope(1, 0, 9);

    static Envelope of(SampleStatistics statistics) {
        double variance = statistics.powerVariance();
        double signal = Math.sqrt(Math.max(0, 1 - variance));
        if (!statistics.complex() || !(signal > 0) || !(variance > 0)) {
            return UNKNOWN;
        }
        double noise = variance / (1 + signal); // 1 - signal, without its rounding
        double deviation = Math.pow(variance, 1.5);
        double expected = statistics.clippedShare() > MOST_CLIPPED
                ? UNKNOWN.expected()
                : (6 * noise * noise - 4 * noise * noise * noise) / deviation;
        return new Envelope(noise, statistics.powerThirdMoment() / deviation, expected);
    }

    /**
     * Returns whether the moments are those of a constant envelope in noise.
     *
     * @param samples how many samples of the noise are independent
     */
    boolean constant(double samples) {
        double error = Math.sqrt(6 / Math.max(1, samples)) * (1 + expected * expected);
        return 1 - noise > LEAST_SIGNAL
                && (1 - noise) * (1 - noise) > 8 / Math.sqrt(samples)
                && Math.abs(skewness - expected) < 0.1 + 4 * error;
    }
}
