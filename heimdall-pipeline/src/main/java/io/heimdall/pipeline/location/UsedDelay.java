package io.heimdall.pipeline.location;

import io.heimdall.localization.evidence.TimeDifference;

/**
 * A delay as it went into a posterior, and how well the answer explains it.
 *
 * @param difference the delay, corrected, with the sigma of all that is known
 * @param correctionSeconds the constant errors of both stations that were taken off
 * @param power that its likelihood went in with: below 1 since pairs of the same stations tell the same
 * @param residualSeconds the delay less the one that the most likely place makes
 */
public record UsedDelay(TimeDifference difference, double correctionSeconds, double power, double residualSeconds) {

    /** Returns the residual in sigmas. */
    public double residualSigmas() {
        return residualSeconds / difference.sigmaSeconds();
    }
}
