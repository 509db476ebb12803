package io.heimdall.export;

import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.PlaneScale;

/**
 * Standardised east and north offsets as degrees, an affine map; each array is (latitude, longitude).
 *
 * @param origin degrees of standardised 0
 * @param scale degrees of one standardised unit
 * @param sigmaScale degrees of one standardised sigma
 */
record DegreeScale(double[] origin, double[] scale, double[] sigmaScale) {

    static DegreeScale of(PlaneScale out, double sigmaFactor) {
        LocalPlane plane = out.plane();
        double perNorth = 1 / plane.metresPerDegreeNorth();
        double perEast = 1 / plane.metresPerDegreeEast();
        double north = out.metres().scaleNorth() * perNorth;
        double east = out.metres().scaleEast() * perEast;
        return new DegreeScale(
                new double[] {
                    plane.latitude() + out.metres().offsetNorth() * perNorth,
                    plane.longitude() + out.metres().offsetEast() * perEast
                },
                new double[] {north, east},
                new double[] {north * sigmaFactor, east * sigmaFactor});
    }
}
