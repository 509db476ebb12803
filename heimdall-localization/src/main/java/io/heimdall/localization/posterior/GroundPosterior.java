package io.heimdall.localization.posterior;

import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundPolygon;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.localization.region.GroundRings;
import io.heimdall.localization.region.PlaneRings;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.HighestDensityRegion;
import io.heimdall.model.output.PlanePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A posterior on the ground: lengths and areas are measured in the plane that touches the earth near its mean.
 *
 * @param plane that touches near the mean
 * @param posterior in metres on the plane
 */
public record GroundPosterior(LocalPlane plane, Posterior posterior) {
    private static final double NORTHERNMOST = 89.9;

    /** Enough to tell about where the mean is. */
    private static final int FIRST_CELLS = 8_000;

    private static final double FIRST_FINEST_M = 1000;

    /**
     * Multiplies evidence, first to see about where the mean is, then on the plane that touches there.
     *
     * @param centre of the searched square
     * @param halfM from the centre to each side, metres, above 0
     * @param evidence that is asked for on a plane
     * @throws IllegalArgumentException if the evidence leaves no place of the square possible
     */
    public static GroundPosterior of(
            GroundPoint centre, double halfM, Function<LocalPlane, List<WeightedEvidence>> evidence) {
        LocalPlane first = centre.plane();
        SearchArea area = area(first, SearchArea.around(0, 0, halfM));
        PlanePoint mean = Posterior.of(area, evidence.apply(first), FIRST_FINEST_M, FIRST_CELLS)
                .mean();
        LocalPlane plane = GroundPoint.nearest(first.latitudeOf(mean.north()), first.longitudeOf(mean.east()))
                .plane();
        double scaleEast = plane.metresPerDegreeEast() / first.metresPerDegreeEast();
        double scaleNorth = plane.metresPerDegreeNorth() / first.metresPerDegreeNorth();
        double north = plane.north(first.latitude());
        SearchArea same = new SearchArea(
                scaleEast * (area.westM() - mean.east()),
                north + scaleNorth * area.southM(),
                scaleEast * (area.eastM() - mean.east()),
                north + scaleNorth * area.northM());
        return new GroundPosterior(plane, Posterior.of(area(plane, same), evidence.apply(plane)));
    }

    /** Ends an area at the poles and half a turn away, and moves it so that the antimeridian is a line of its grid. */
    private static SearchArea area(LocalPlane plane, SearchArea wanted) {
        double halfTurn = 180 * plane.metresPerDegreeEast();
        double west = Math.max(-halfTurn, wanted.westM());
        double east = Math.min(halfTurn, wanted.eastM());
        double antimeridian = (plane.longitude() > 0 ? 180 - plane.longitude() : -180 - plane.longitude())
                * plane.metresPerDegreeEast();
        if (antimeridian > west && antimeridian < east) {
            double cell = (east - west) / CellTree.ROOTS;
            double shift = Math.IEEEremainder(antimeridian - west, cell);
            west += shift;
            east += shift;
        }
        return new SearchArea(
                west,
                Math.max(plane.north(-NORTHERNMOST), wanted.southM()),
                east,
                Math.min(plane.north(NORTHERNMOST), wanted.northM()));
    }

    /** Returns the mean, the place of the least expected squared distance. */
    public GroundPoint mean() {
        return point(posterior.mean());
    }

    /** Returns the spatial median, the place of the least expected distance. */
    public GroundPoint median() {
        return point(posterior.spatialMedian());
    }

    /** Returns about the most likely place. */
    public GroundPoint mode() {
        return point(posterior.mode());
    }

    /** Returns the covariance of metres east and north. */
    public Covariance covariance() {
        return posterior.covariance();
    }

    /**
     * Returns the area of the smallest region that holds a probability, square kilometres.
     *
     * @param level the probability, above 0 and below 1
     */
    public double areaKm2(double level) {
        return posterior.highestDensityRegion(level).area() / 1e6;
    }

    /** Returns the probability of all places that are denser than this one; 1 beyond the searched area. */
    public double credibleLevel(GroundPoint place) {
        return posterior.credibleLevel(plane.east(place.longitude()), plane.north(place.latitude()));
    }

    /**
     * Returns the smallest region that holds a probability, as polygons along the grid's cells, cut at the antimeridian.
     *
     * @param level the probability, above 0 and below 1
     */
    public GroundRegion region(double level) {
        HighestDensityRegion region = posterior.highestDensityRegion(level);
        double turn = 360 * plane.metresPerDegreeEast();
        double antimeridian = (180 - plane.longitude()) * plane.metresPerDegreeEast();
        GroundRings rings = new GroundRings(plane);
        List<GroundPolygon> polygons = new ArrayList<>();
        for (int around = -1; around <= 1; around++) {
            double to = antimeridian + around * turn;
            for (PlaneRings.Polygon part : PlaneRings.polygons(posterior.rings(region, to - turn, to), 0)) {
                rings.polygon(part, around).ifPresent(polygons::add);
            }
        }
        return new GroundRegion(level, region.area() / 1e6, polygons);
    }

    private GroundPoint point(PlanePoint place) {
        return GroundPoint.nearest(plane.latitudeOf(place.north()), plane.longitudeOf(place.east()));
    }
}
