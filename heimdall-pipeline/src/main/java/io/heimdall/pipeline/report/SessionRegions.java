package io.heimdall.pipeline.report;

import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The posterior regions of one session, for the map of the report.
 *
 * @param session its number among the judged ones
 * @param regions the largest first, so that smaller ones are drawn over it
 * @param heat the density
 */
record SessionRegions(int session, List<Region> regions, Heat heat) {
    /** Rings have no more points than a screen shows. */
    private static final int MOST_POINTS = 60;

    /** A ten-millionth of a degree is a centimetre; a hundred-thousandth, a metre, is as fine as a screen. */
    private static final double PER_DEGREE = 1e5;

    /**
     * A region of highest density.
     *
     * @param level the probability inside
     * @param areaKm2 of all parts together
     * @param rings outer ones and holes: longitude and latitude in turn, degrees
     */
    record Region(double level, double areaKm2, List<List<Double>> rings) {}

    static SessionRegions of(int session, Estimate estimate) {
        GroundDensity density = estimate.density();
        return new SessionRegions(
                session,
                GroundDensity.LEVELS.stream()
                        .sorted(Comparator.reverseOrder())
                        .map(density::region)
                        .map(SessionRegions::region)
                        .toList(),
                Heat.Mixture.of(estimate));
    }

    /** Returns a region as the page has it. */
    static Region region(GroundRegion region) {
        return new Region(
                region.level(),
                region.areaKm2(),
                region.polygons().stream()
                        .map(polygon -> polygon.thinned(MOST_POINTS))
                        .flatMap(polygon -> Stream.concat(Stream.of(polygon.outer()), polygon.holes().stream()))
                        .map(SessionRegions::numbers)
                        .toList());
    }

    private static List<Double> numbers(List<GroundPoint> ring) {
        return ring.stream().flatMap(point -> place(point).stream()).toList();
    }

    /** Returns longitude and latitude, degrees. */
    static List<Double> place(GroundPoint point) {
        return List.of(
                Math.rint(point.longitude() * PER_DEGREE) / PER_DEGREE,
                Math.rint(point.latitude() * PER_DEGREE) / PER_DEGREE);
    }
}
