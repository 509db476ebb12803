package io.heimdall.pipeline.location;

import io.heimdall.localization.evidence.SiteBearing;
import java.util.OptionalDouble;

/**
 * A bearing as it went into a posterior, and how well the answer explains it.
 *
 * @param bearing corrected, with the sigma of all that is known
 * @param mirroredDegrees what it would be if the station's angles counted the other way round, not corrected, clockwise from true north;
 *     empty where nothing is known of the antenna's front
 * @param correctionDegrees the constant error of the station that was taken off
 * @param residualDegrees the bearing less the direction of the most likely place, -180..180
 */
public record UsedBearing(
        SiteBearing bearing, OptionalDouble mirroredDegrees, double correctionDegrees, double residualDegrees) {

    /** Returns whether the answer explains it by angles that count the other way round: from the antenna's front, or else from north. */
    public boolean fitsMirrored() {
        double measured = bearing.degrees() + correctionDegrees;
        return fits(mirroredDegrees.orElse(360 - measured) - correctionDegrees);
    }

    /** Returns whether the answer explains it as the opposite direction. */
    public boolean fitsOpposite() {
        return fits(bearing.degrees() + 180);
    }

    private boolean fits(double degrees) {
        double azimuth = bearing.degrees() - residualDegrees;
        return Math.abs(Math.IEEEremainder(degrees - azimuth, 360)) < 2 * bearing.sigmaDegrees();
    }

    /** Returns the residual in sigmas. */
    public double residualSigmas() {
        return residualDegrees / bearing.sigmaDegrees();
    }
}
