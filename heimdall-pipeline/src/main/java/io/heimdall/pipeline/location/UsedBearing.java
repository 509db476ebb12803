package io.heimdall.pipeline.location;

import io.heimdall.localization.evidence.SiteBearing;

/**
 * A bearing as it went into a posterior, and how well the answer explains it.
 *
 * @param bearing corrected, with the sigma of all that is known
 * @param correctionDegrees the constant error of the station that was taken off
 * @param residualDegrees the bearing less the direction of the most likely place, -180..180
 */
public record UsedBearing(SiteBearing bearing, double correctionDegrees, double residualDegrees) {

    /** Returns whether the answer explains it as an angle counterclockwise from east, which is how mathematics has it. */
    public boolean fitsCounterclockwise() {
        double azimuth = bearing.degrees() - residualDegrees;
        double other = Math.IEEEremainder(90 - bearing.degrees() - azimuth, 360);
        return Math.abs(other) < 2 * bearing.sigmaDegrees();
    }

    /** Returns the residual in sigmas. */
    public double residualSigmas() {
        return residualDegrees / bearing.sigmaDegrees();
    }
}
