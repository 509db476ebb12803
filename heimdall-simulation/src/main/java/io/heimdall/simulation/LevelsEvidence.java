package io.heimdall.simulation;

import io.heimdall.localization.evidence.Evidence;
import io.heimdall.model.LocalPlane;

/** The posterior of levels between the middles of its cells, where its logarithm is linear along both axes. Not blurred: it is smooth. */
final class LevelsEvidence implements Evidence {
    /** Cells that the levels rule out hold no logarithm. */
    private static final double LEAST_MASS = 1e-300;

    private final LocalPlane plane;
    private final PositionPosterior posterior;
    private final GeoBox box;
    private final BoxEvidence within;

    LevelsEvidence(LocalPlane plane, PositionPosterior posterior, GeoBox box) {
        this.plane = plane;
        this.posterior = posterior;
        this.box = box;
        this.within = new BoxEvidence(plane, box);
    }

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        double row = (plane.latitudeOf(northM) - box.south()) / (box.north() - box.south()) * posterior.rows();
        double column = (plane.longitudeOf(eastM) - box.west()) / (box.east() - box.west()) * posterior.columns();
        int south = (int) Math.max(0, Math.min(posterior.rows() - 2, Math.floor(row - 0.5)));
        int west = (int) Math.max(0, Math.min(posterior.columns() - 2, Math.floor(column - 0.5)));
        double up = Math.max(0, Math.min(1, row - 0.5 - south));
        double right = Math.max(0, Math.min(1, column - 0.5 - west));
        return within.logDensity(eastM, northM, blurM)
                + (1 - up) * ((1 - right) * log(south, west) + right * log(south, west + 1))
                + up * ((1 - right) * log(south + 1, west) + right * log(south + 1, west + 1));
    }

    private double log(int row, int column) {
        return Math.log(Math.max(LEAST_MASS, posterior.mass(row, column)));
    }
}
