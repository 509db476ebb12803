package io.heimdall.app.service;

import io.heimdall.export.Location;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.metrics.JudgedForecast;
import io.heimdall.model.output.PlanePoint;
import io.heimdall.pipeline.prediction.Prediction;
import java.util.function.ToDoubleFunction;

/**
 * A located place, as far as two models are compared by it.
 *
 * @param mean of the posterior
 * @param level gives the credible level of another place
 */
record ShadowPlace(GroundPoint mean, ToDoubleFunction<GroundPoint> level) {

    /** Returns the place of a model alone. */
    static ShadowPlace of(Location location) {
        return new ShadowPlace(GroundPoint.nearest(location.latitude(), location.longitude()), place -> {
            LocalPlane plane = new LocalPlane(place.latitude(), place.longitude());
            return new JudgedForecast(location.densityOn(plane), new PlanePoint(0, 0), location.levels())
                    .credibleLevel();
        });
    }

    /** Returns the place of a model, or of a model and other evidence. */
    static ShadowPlace of(Prediction prediction) {
        if (prediction instanceof Prediction.ByEvidence all) {
            return new ShadowPlace(
                    all.located().posterior().mean(), all.located().posterior()::credibleLevel);
        }
        return of(((Prediction.ByLevels) prediction).estimate().location());
    }

    /** Returns the distance to another place, metres in the plane at this one. */
    double distanceM(ShadowPlace other) {
        LocalPlane plane = new LocalPlane(mean.latitude(), mean.longitude());
        return Math.hypot(plane.east(other.mean.longitude()), plane.north(other.mean.latitude()));
    }

    /** Returns whether another place lies beyond the region of a probability of this one. */
    boolean isBeyond(ShadowPlace other, double probability) {
        return level.applyAsDouble(other.mean) > probability;
    }
}
