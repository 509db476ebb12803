package io.heimdall.simulation;

import io.heimdall.localization.evidence.Evidence;
import io.heimdall.model.LocalPlane;

/**
 * The prior of transmitters: all places of a box are alike, others impossible. A place beside it counts while its blur reaches into the box:
 * else the search would lose the part of a cell that is within, where the cell's middle is not.
 *
 * @param plane on which places are asked for
 * @param box in which transmitters are
 */
record BoxEvidence(LocalPlane plane, GeoBox box) implements Evidence {

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        boolean within = northM + blurM >= plane.north(box.south())
                && northM - blurM <= plane.north(box.north())
                && eastM + blurM >= plane.east(box.west())
                && eastM - blurM <= plane.east(box.east());
        return within ? 0 : Double.NEGATIVE_INFINITY;
    }
}
