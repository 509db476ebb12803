package io.heimdall.export;

import io.heimdall.export.ModelDescription.Output;
import io.heimdall.model.LocalPlane;

/**
 * Standardised east and north offsets as degrees, an affine map; each array is (latitude, longitude).
 *
 * @param origin degrees of standardised 0
 * @param scale degrees of one standardised unit
 * @param sigmaScale degrees of one standardised sigma
 */
record DegreeScale(double[] origin, double[] scale, double[] sigmaScale) {

    static DegreeScale of(Output out) {
        LocalPlane plane = out.plane();
        double perNorth = 1 / plane.metresPerDegreeNorth();
        double perEast = 1 / plane.metresPerDegreeEast();
        double north = out.north().deviationM() * perNorth;
        double east = out.east().deviationM() * perEast;
        return new DegreeScale(
                new double[] {
                    plane.latitude() + out.north().meanM() * perNorth,
                    plane.longitude() + out.east().meanM() * perEast
                },
                new double[] {north, east},
                new double[] {north * out.sigmaScale(), east * out.sigmaScale()});
    }
}
