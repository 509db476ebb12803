package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.posterior.GroundPosterior;
import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.metrics.JudgedForecast;
import io.heimdall.simulation.PositionPosterior;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A posterior's statements about the true place of a session.
 *
 * @param logDensity natural logarithm of the density at the truth, nats of one over square metres
 * @param credibleLevel probability of all places that are denser than the truth
 * @param areasM2 areas of the highest-density regions of {@link #LEVELS}, square metres
 */
public record Belief(double logDensity, double credibleLevel, List<Double> areasM2) {
    /** The probabilities of the regions that are judged. */
    public static final List<Double> LEVELS = GroundDensity.LEVELS;

    /** Copies the list. */
    public Belief {
        areasM2 = List.copyOf(areasM2);
    }

    /** Returns a probability as a key of the JSON: {@code 68}. */
    static String percent(double level) {
        return Long.toString(Math.round(100 * level));
    }

    /** Returns what a forecast says of its truth. */
    static Belief of(JudgedForecast forecast) {
        return new Belief(
                forecast.distribution()
                        .logDensity(forecast.truth().east(), forecast.truth().north()),
                forecast.credibleLevel(),
                LEVELS.stream()
                        .map(level -> forecast.distribution()
                                .highestDensityRegion(forecast.levels().raw(level))
                                .area())
                        .toList());
    }

    /** Returns what a posterior on the ground says of a place, its density in square metres there. */
    static Belief of(GroundPosterior posterior, GeoPoint truth) {
        LocalPlane plane = posterior.plane();
        LocalPlane there = new LocalPlane(truth.latitude(), truth.longitude());
        double stretched = Math.log(plane.metresPerDegreeEast() / there.metresPerDegreeEast());
        return new Belief(
                stretched
                        + posterior
                                .posterior()
                                .logDensity(plane.east(truth.longitude()), plane.north(truth.latitude())),
                posterior.credibleLevel(new GroundPoint(truth.latitude(), truth.longitude())),
                LEVELS.stream().map(level -> 1e6 * posterior.areaKm2(level)).toList());
    }

    /** Returns what a posterior on a grid says of a place; empty where the place is beyond the grid. */
    static Optional<Belief> of(PositionPosterior posterior, GeoPoint truth) {
        double[] levels = LEVELS.stream().mapToDouble(level -> level).toArray();
        return posterior.covers(truth)
                ? Optional.of(new Belief(
                        posterior.logDensity(truth),
                        posterior.credibleLevel(truth),
                        Arrays.stream(posterior.regionAreasM2(levels)).boxed().toList()))
                : Optional.empty();
    }
}
