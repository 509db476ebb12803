package io.heimdall.export;

import io.heimdall.export.ModelDescription.Output;

/**
 * Standardised east and north offsets as degrees, an affine map; each array is (latitude, longitude).
 *
 * @param origin degrees of standardised 0
 * @param scale degrees of one standardised unit
 * @param sigmaScale degrees of one standardised sigma
 */
record DegreeScale(double[] origin, double[] scale, double[] sigmaScale) {
    private static final double EQUATORIAL_RADIUS_M = 6_378_137.0;
    private static final double ECCENTRICITY_SQUARED = 6.694_379_990_141_316_5e-3;

    /** Takes the curvature of WGS-84 at the plane's origin. */
    static DegreeScale of(Output out) {
        double latitude = Math.toRadians(out.origin().latitude());
        double w2 = 1 - ECCENTRICITY_SQUARED * Math.sin(latitude) * Math.sin(latitude);
        double primeVerticalM = EQUATORIAL_RADIUS_M / Math.sqrt(w2);
        double meridianM = primeVerticalM * (1 - ECCENTRICITY_SQUARED) / w2;
        double perNorth = Math.toDegrees(1 / meridianM);
        double perEast = Math.toDegrees(1 / (primeVerticalM * Math.cos(latitude)));
        double north = out.north().deviationM() * perNorth;
        double east = out.east().deviationM() * perEast;
        return new DegreeScale(
                new double[] {
                    out.origin().latitude() + out.north().meanM() * perNorth,
                    out.origin().longitude() + out.east().meanM() * perEast
                },
                new double[] {north, east},
                new double[] {north * out.sigmaScale(), east * out.sigmaScale()});
    }
}
