package io.heimdall.pipeline.location;

/**
 * How far each kind of evidence is trusted: its likelihood goes into the product to the power of its exponent.
 *
 * @param levels 1 where the model's density says how sure it is, less where it says too much, 0 where it has no say
 * @param delays likewise
 * @param bearings likewise
 */
public record EvidenceExponents(double levels, double delays, double bearings) {
    /** Each kind is trusted as it is. */
    public static final EvidenceExponents ONES = new EvidenceExponents(1, 1, 1);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if one is negative or not finite
     */
    public EvidenceExponents {
        for (double exponent : new double[] {levels, delays, bearings}) {
            if (!(exponent >= 0 && Double.isFinite(exponent))) {
                throw new IllegalArgumentException("an exponent of " + exponent + " is not finite and 0 or more");
            }
        }
    }

    /** Returns the exponent of one kind. */
    public double of(EvidenceKind kind) {
        return switch (kind) {
            case LEVELS -> levels;
            case DELAYS -> delays;
            case BEARINGS -> bearings;
        };
    }
}
