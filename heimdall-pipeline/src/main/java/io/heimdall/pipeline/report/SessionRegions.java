package io.heimdall.pipeline.report;

import io.heimdall.localization.region.GroundDensity;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundPolygon;
import io.heimdall.pipeline.prediction.Estimate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The posterior regions of one session, for the map of the report.
 *
 * @param session its number among the judged ones
 * @param regions the largest first, so that smaller ones are drawn over it
 */
record SessionRegions(int session, List<Region> regions) {
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
                        .map(region -> new Region(
                                region.level(),
                                region.areaKm2(),
                                region.polygons().stream()
                                        .flatMap(polygon -> rings(polygon).stream())
                                        .toList()))
                        .toList());
    }

    private static List<List<Double>> rings(GroundPolygon polygon) {
        List<List<Double>> rings = new ArrayList<>();
        rings.add(thinned(polygon.outer()));
        polygon.holes().forEach(hole -> rings.add(thinned(hole)));
        return rings;
    }

    /** Returns every k-th point and the last, which closes the ring. */
    private static List<Double> thinned(List<GroundPoint> ring) {
        int step = (ring.size() + MOST_POINTS - 1) / MOST_POINTS;
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < ring.size(); i++) {
            if (i % step == 0 || i == ring.size() - 1) {
                numbers.add(Math.rint(ring.get(i).longitude() * PER_DEGREE) / PER_DEGREE);
                numbers.add(Math.rint(ring.get(i).latitude() * PER_DEGREE) / PER_DEGREE);
            }
        }
        return numbers;
    }
}
