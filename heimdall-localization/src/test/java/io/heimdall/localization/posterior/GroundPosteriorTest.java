package io.heimdall.localization.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.evidence.UniformOnGround;
import io.heimdall.localization.region.GroundPoint;
import io.heimdall.localization.region.GroundPolygon;
import io.heimdall.localization.region.GroundRegion;
import io.heimdall.model.LocalPlane;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.geom.LinearRing;
import org.locationtech.jts.geom.Polygon;

/** Posteriors on the ground; JTS is a peer for their polygons. */
class GroundPosteriorTest {
    private static final GeometryFactory GEOMETRY = new GeometryFactory();

    /** A distance from a site, with its sigma: a ring on the ground. */
    private static Evidence range(LocalPlane plane, Site site, double metres, double sigma) {
        return (east, north, blur) -> {
            double wide = Math.hypot(sigma, blur);
            double z = (site.distanceM(plane.latitudeOf(north), plane.longitudeOf(east)) - metres) / wide;
            return -z * z / 2 - Math.log(wide);
        };
    }

    private static GroundPosterior rings(double latitude, double longitude, Site... sites) {
        return GroundPosterior.of(
                new GroundPoint(sites[0].latitude(), sites[0].longitude()),
                1_000_000,
                plane -> Stream.concat(
                                Stream.of(new UniformOnGround(plane)),
                                List.of(sites).stream()
                                        .map(site -> range(plane, site, site.distanceM(latitude, longitude), 500)))
                        .map(WeightedEvidence::of)
                        .toList());
    }

    private static double area(GroundRegion region, LocalPlane plane) {
        double sum = 0;
        for (GroundPolygon polygon : region.polygons()) {
            Polygon shape = GEOMETRY.createPolygon(
                    ring(polygon.outer(), plane),
                    polygon.holes().stream().map(hole -> ring(hole, plane)).toArray(LinearRing[]::new));
            assertThat(shape.isValid()).isTrue();
            sum += shape.getArea() / 1e6;
        }
        return sum;
    }

    private static LinearRing ring(List<GroundPoint> points, LocalPlane plane) {
        return GEOMETRY.createLinearRing(points.stream()
                .map(p -> new Coordinate(
                        p.longitude() * plane.metresPerDegreeEast(), p.latitude() * plane.metresPerDegreeNorth()))
                .toArray(Coordinate[]::new));
    }

    @Test
    void theMeanIsWhereRingsCrossFarFromTheFirstPlane() {
        Site a = new Site("a", 47, 8);
        GroundPosterior posterior = rings(50, 13, a, new Site("b", 50, 8), new Site("c", 47, 14));
        assertThat(posterior.mean().latitude()).isCloseTo(50, within(2e-3));
        assertThat(posterior.mean().longitude()).isCloseTo(13, within(2e-3));
        assertThat(posterior.median().latitude()).isCloseTo(50, within(2e-3));
        assertThat(posterior.mode().latitude()).isCloseTo(50, within(2e-3));
        assertThat(posterior.plane().latitude()).isCloseTo(50, within(0.05));
        assertThat(posterior.credibleLevel(new GroundPoint(50, 13))).isLessThan(0.1);
        assertThat(posterior.covariance().sigmaEast()).isBetween(300.0, 700.0);
        for (double level : new double[] {0.5, 0.68, 0.9, 0.95}) {
            GroundRegion region = posterior.region(level);
            assertThat(region.polygons()).hasSize(1);
            assertThat(region.areaKm2()).isEqualTo(posterior.areaKm2(level));
            assertThat(area(region, posterior.plane())).isCloseTo(region.areaKm2(), within(0.05 * region.areaKm2()));
        }
    }

    @Test
    void aRingHasAHole() {
        Site a = new Site("a", 47, 8);
        GroundPosterior posterior = rings(49, 8, a);
        GroundRegion region = posterior.region(0.9);
        assertThat(region.polygons()).hasSize(1);
        assertThat(region.polygons().get(0).holes()).hasSize(1);
        assertThat(area(region, posterior.plane())).isCloseTo(region.areaKm2(), within(0.05 * region.areaKm2()));
    }

    @Test
    void regionsAreCutAtTheAntimeridian() {
        Site a = new Site("a", -17, 179);
        GroundPosterior posterior = rings(-17, -180, a, new Site("b", -19, 179.9), new Site("c", -16, -179));
        assertThat(Math.abs(posterior.mean().longitude())).isCloseTo(180, within(0.01));
        GroundRegion region = posterior.region(0.95);
        assertThat(region.polygons()).hasSize(2);
        assertThat(area(region, posterior.plane())).isCloseTo(region.areaKm2(), within(0.05 * region.areaKm2()));
        for (GroundPolygon polygon : region.polygons()) {
            double first = polygon.outer().get(0).longitude();
            assertThat(polygon.outer())
                    .allSatisfy(point ->
                            assertThat(Math.abs(point.longitude() - first)).isLessThan(1));
        }
    }

    @Test
    void aPoleIsTheEnd() {
        Site a = new Site("a", 88, 0);
        GroundPosterior posterior = rings(88.5, 20, a, new Site("b", 87, 60));
        assertThat(posterior.mean().latitude()).isBetween(85.0, 90.0);
        assertThat(posterior.areaKm2(0.9)).isPositive();
        assertThat(posterior.region(0.9).polygons()).isNotEmpty();
    }
}
