package io.heimdall.localization.region;

import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.HighestDensityRegion;
import io.heimdall.model.output.LevelMap;
import io.heimdall.model.output.PlanePoint;
import java.util.ArrayList;
import java.util.List;

/**
 * The probability density of a place on the ground, such as a model file gives for a transmitter. Lengths and areas
 * are measured in the plane that touches the earth at the density's mean.
 *
 * @param plane that touches at the mean; at latitude 89 where the mean is nearer to a pole
 * @param density in metres on the plane
 * @param levels which of the density's levels a region of a probability has
 */
public record GroundDensity(LocalPlane plane, GaussianDistribution density, LevelMap levels) {
    /** The levels that reports and maps show. */
    public static final List<Double> LEVELS = List.of(0.5, 0.68, 0.9, 0.95);

    /** Makes a density whose levels are as they are. */
    public GroundDensity(LocalPlane plane, GaussianDistribution density) {
        this(plane, density, LevelMap.IDENTITY);
    }

    /** Returns the density that stands on any plane, moved to the plane at its mean, its levels being as they are. */
    public static GroundDensity of(LocalPlane plane, GaussianDistribution density) {
        return of(plane, density, LevelMap.IDENTITY);
    }

    /**
     * Returns the density that stands on any plane, moved to the plane at its mean.
     *
     * @param plane that the density is in, near it or not
     * @param density in metres on that plane
     * @param levels which of the density's levels a region of a probability has
     */
    public static GroundDensity of(LocalPlane plane, GaussianDistribution density, LevelMap levels) {
        PlanePoint mean = density.mean();
        double latitude = plane.latitudeOf(mean.north());
        LocalPlane ground =
                GroundPoint.nearest(latitude, plane.longitudeOf(mean.east())).plane();
        double scaleEast = ground.metresPerDegreeEast() / plane.metresPerDegreeEast();
        double scaleNorth = ground.metresPerDegreeNorth() / plane.metresPerDegreeNorth();
        return new GroundDensity(
                ground,
                density.map(new AffineMap(
                        -scaleEast * mean.east(),
                        scaleEast,
                        ground.north(latitude) - scaleNorth * mean.north(),
                        scaleNorth)),
                levels);
    }

    /** Returns the mean, the place of the least expected squared distance. */
    public GroundPoint mean() {
        return point(density.mean());
    }

    /** Returns the spatial median, the place of the least expected distance. */
    public GroundPoint median() {
        return point(density.spatialMedian());
    }

    /** Returns the covariance of metres east and north. */
    public Covariance covariance() {
        return density.covariance();
    }

    /**
     * Returns the area of the smallest region that holds a probability, square kilometres.
     *
     * @param level the probability, above 0 and below 1
     */
    public double areaKm2(double level) {
        return density.highestDensityRegion(levels.raw(level)).area() / 1e6;
    }

    /**
     * Returns the smallest region that holds a probability, as polygons. Their edges deviate from the region's by less than a
     * hundredth of its extent. A region beyond a pole ends at the pole; one that goes round the earth ends opposite the mean.
     * Parts of less than a centimetre are left out.
     *
     * @param level the probability, above 0 and below 1
     */
    public GroundRegion region(double level) {
        HighestDensityRegion region = density.highestDensityRegion(levels.raw(level));
        GroundRings rings = new GroundRings(plane);
        List<GroundPolygon> polygons = new ArrayList<>();
        for (Neighbourhood neighbourhood : Neighbourhood.of(region, density)) {
            for (int turn = -1; turn <= 1; turn++) {
                for (PlaneRings.Polygon part : neighbourhood.polygons(density, region, hemispheres(turn))) {
                    rings.polygon(part, turn).ifPresent(polygons::add);
                }
            }
        }
        return new GroundRegion(level, region.area() / 1e6, polygons);
    }

    /** Returns the part of the plane with longitudes from -180 to 180 degrees after so many turns, half a turn around the mean. */
    private PlaneBox hemispheres(int turn) {
        double perDegree = plane.metresPerDegreeEast();
        double antimeridian = (360 * turn + 180 - plane.longitude()) * perDegree;
        PlaneBox whole = new PlaneBox(-180 * perDegree, plane.north(-90), 180 * perDegree, plane.north(90));
        return whole.within(new PlaneBox(antimeridian - 360 * perDegree, whole.south(), antimeridian, whole.north()));
    }

    private GroundPoint point(PlanePoint place) {
        return GroundPoint.nearest(plane.latitudeOf(place.north()), plane.longitudeOf(place.east()));
    }
}
