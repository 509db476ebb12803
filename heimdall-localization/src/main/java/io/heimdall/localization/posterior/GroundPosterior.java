package io.heimdall.localization.posterior;

import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundPolygon;
import io.heimdall.localization.region.GroundRegion;
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
    private static final double STEEPEST_LATITUDE = 89;
    private static final double NORTHERNMOST = 89.9;

    /** Edges are rounded to a centimetre. */
    private static final double PER_DEGREE = 1e7;

    private static final int SHORTEST_RING = 4;

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
        LocalPlane first = new LocalPlane(steep(centre.latitude()), centre.longitude());
        SearchArea area = area(first, SearchArea.around(0, 0, halfM));
        PlanePoint mean = Posterior.of(area, evidence.apply(first), FIRST_FINEST_M, FIRST_CELLS)
                .mean();
        LocalPlane plane = new LocalPlane(
                steep(first.latitudeOf(mean.north())),
                GroundPoint.nearest(0, first.longitudeOf(mean.east())).longitude());
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

    private static double steep(double latitude) {
        return Math.max(-STEEPEST_LATITUDE, Math.min(STEEPEST_LATITUDE, latitude));
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
        List<GroundPolygon> polygons = new ArrayList<>();
        for (int around = -1; around <= 1; around++) {
            double to = antimeridian + around * turn;
            for (PlaneRings.Polygon part : PlaneRings.polygons(posterior.rings(region, to - turn, to), 0)) {
                GroundPolygon polygon = onGround(part, around);
                if (polygon.outer().size() >= SHORTEST_RING) {
                    polygons.add(polygon);
                }
            }
        }
        return new GroundRegion(level, region.area() / 1e6, polygons);
    }

    private GroundPolygon onGround(PlaneRings.Polygon part, int around) {
        return new GroundPolygon(
                onGround(part.outer(), around),
                part.holes().stream()
                        .map(hole -> onGround(hole, around))
                        .filter(hole -> hole.size() >= SHORTEST_RING)
                        .toList());
    }

    private List<GroundPoint> onGround(List<PlanePoint> ring, int around) {
        List<GroundPoint> points = new ArrayList<>(ring.size() + 1);
        for (PlanePoint place : ring) {
            double longitude = rounded(plane.longitudeOf(place.east()) - 360 * around);
            GroundPoint next = new GroundPoint(
                    Math.max(-90, Math.min(90, rounded(plane.latitudeOf(place.north())))),
                    Math.max(-180, Math.min(180, longitude)));
            if (points.isEmpty() || !points.get(points.size() - 1).equals(next)) {
                points.add(next);
            }
        }
        if (!points.get(0).equals(points.get(points.size() - 1))) {
            points.add(points.get(0));
        }
        return points;
    }

    private static double rounded(double degrees) {
        return Math.rint(degrees * PER_DEGREE) / PER_DEGREE;
    }

    private GroundPoint point(PlanePoint place) {
        return GroundPoint.nearest(plane.latitudeOf(place.north()), plane.longitudeOf(place.east()));
    }
}
