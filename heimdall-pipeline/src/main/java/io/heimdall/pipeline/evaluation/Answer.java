package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.metrics.JudgedForecast;
import java.util.Optional;

/**
 * A method's answer for one session, compared with the true place.
 *
 * @param distance of its place from the truth, metres in the plane at the truth
 * @param belief statements of its posterior about the true place; empty for a method that gives a place alone
 */
public record Answer(double distance, Optional<Belief> belief) {

    /** Returns the answer of a model beside its truth. */
    public static Answer of(JudgedForecast forecast) {
        return new Answer(forecast.distance(), Optional.of(Belief.of(forecast)));
    }

    /** Returns the answer of a method that gives a place alone. */
    static Answer of(GeoPoint truth, GeoPoint estimate) {
        return new Answer(distance(truth, estimate), Optional.empty());
    }

    /** Returns the answer of a posterior on the ground: its mean, and what it says of the truth. */
    static Answer of(GeoPoint truth, GroundPosterior posterior) {
        GroundPoint mean = posterior.mean();
        return new Answer(
                distance(truth, new GeoPoint(mean.latitude(), mean.longitude())),
                Optional.of(Belief.of(posterior, truth)));
    }

    /** Returns the distance of two places, metres, in the plane that touches at {@code truth}. */
    static double distance(GeoPoint truth, GeoPoint estimate) {
        LocalPlane plane = new LocalPlane(truth.latitude(), truth.longitude());
        return Math.hypot(plane.east(estimate.longitude()), plane.north(estimate.latitude()));
    }
}
