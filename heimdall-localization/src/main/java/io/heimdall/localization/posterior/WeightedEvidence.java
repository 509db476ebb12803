package io.heimdall.localization.posterior;

import io.heimdall.localization.evidence.Evidence;

/**
 * Evidence and how far it is trusted: its likelihood goes into the product to the power of the exponent.
 *
 * @param evidence of a place
 * @param exponent 1 where the evidence says how sure it is, less where it says too much, 0 where it has no say
 */
public record WeightedEvidence(Evidence evidence, double exponent) {

    /**
     * Checks the exponent.
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public WeightedEvidence {
        if (!(exponent >= 0 && Double.isFinite(exponent))) {
            throw new IllegalArgumentException("an exponent of " + exponent + " is not finite and 0 or more");
        }
    }

    /** Returns evidence that is trusted as it is. */
    public static WeightedEvidence of(Evidence evidence) {
        return new WeightedEvidence(evidence, 1);
    }

    double logDensity(double eastM, double northM, double blurM) {
        // 0 times minus infinity is no number: evidence without a say is not asked.
        return exponent == 0 ? 0 : exponent * evidence.logDensity(eastM, northM, blurM);
    }
}
