package io.heimdall.localization.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.model.output.PlanePoint;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.locationtech.jts.algorithm.Orientation;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.prep.PreparedGeometry;
import org.locationtech.jts.geom.prep.PreparedGeometryFactory;

class GroundDensityTest {
    private static final LocalPlane TURIN = new LocalPlane(45.07, 7.68);
    private static final double[] LEVELS = {0.5, 0.68, 0.9, 0.95};

    private static NormalMixture.Component part(
            double weight, double east, double north, double sigmaEast, double sigmaNorth, double correlation) {
        return new NormalMixture.Component(
                weight, new NormalDistribution(east, north, sigmaEast, sigmaNorth, correlation));
    }

    private static NormalMixture mixture(NormalMixture.Component... parts) {
        return new NormalMixture(List.of(parts));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 20000, 20000, 0",
        "0.95, 12000, 31000, 0.6",
        "0.9, 150, 90, -0.9",
        "0.68, 9000, 40000, 0.999",
        "0.01, 5, 5, 0"
    })
    void regionOfANormalHasTheAreaOfItsEllipse(double level, double sigmaEast, double sigmaNorth, double correlation) {
        var normal = new NormalDistribution(3000, -2000, sigmaEast, sigmaNorth, correlation);
        double chiSquared = -2 * Math.log(1 - level);
        double ellipse = Math.PI * chiSquared * sigmaEast * sigmaNorth * Math.sqrt(1 - correlation * correlation);

        GroundDensity density = new GroundDensity(TURIN, normal);
        GroundRegion region = density.region(level);

        assertThat(density.areaKm2(level)).isCloseTo(ellipse / 1e6, withPercentage(1e-6));
        assertThat(region.polygons()).hasSize(1);
        double ofPolygon = Shapes.of(region).getArea() * TURIN.metresPerDegreeEast() * TURIN.metresPerDegreeNorth();
        assertThat(ofPolygon).isCloseTo(ellipse, withPercentage(0.5));
    }

    static Stream<Arguments> shapes() {
        Random random = new Random(7);
        NormalMixture.Component[] many = Stream.generate(() -> part(
                        random.nextDouble(),
                        30e3 * random.nextGaussian(),
                        30e3 * random.nextGaussian(),
                        1e3 + 15e3 * random.nextDouble(),
                        1e3 + 15e3 * random.nextDouble(),
                        1.8 * random.nextDouble() - 0.9))
                .limit(40)
                .toArray(NormalMixture.Component[]::new);
        return Stream.of(
                Arguments.of("one", new NormalDistribution(0, 0, 20e3, 9e3, 0.7)),
                Arguments.of(
                        "two far", mixture(part(0.6, -80e3, 0, 9e3, 12e3, 0), part(0.4, 90e3, 5e3, 8e3, 8e3, -0.5))),
                Arguments.of(
                        "a ring",
                        mixture(Stream.iterate(0.0, a -> a < 6.28, a -> a + Math.PI / 8)
                                .map(a -> part(1, 40e3 * Math.cos(a), 40e3 * Math.sin(a), 6e3, 6e3, 0))
                                .toArray(NormalMixture.Component[]::new))),
                Arguments.of(
                        "a needle in a haystack",
                        mixture(part(0.7, 0, 0, 40e3, 40e3, 0), part(0.3, 11e3, 7e3, 40, 25, 0.3))),
                Arguments.of(
                        "crossed ridges", mixture(part(1, 0, 0, 30e3, 30e3, 0.99), part(1, 0, 0, 30e3, 30e3, -0.99))),
                Arguments.of("an ensemble", mixture(many)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void polygonsHoldTheProbabilityOfTheirLevel(String name, GaussianDistribution distribution) {
        GroundDensity density = GroundDensity.of(new LocalPlane(44.5, 8.5), distribution);
        Random random = new Random(3);
        List<PlanePoint> drawn = Stream.generate(() -> density.density().sample(random))
                .limit(20_000)
                .toList();
        for (double level : LEVELS) {
            GroundRegion region = density.region(level);
            Geometry shape = Shapes.of(region);
            PreparedGeometry prepared = PreparedGeometryFactory.prepare(shape);
            long inside = drawn.stream()
                    .filter(p -> prepared.contains(Shapes.point(
                            density.plane().latitudeOf(p.north()),
                            density.plane().longitudeOf(p.east()))))
                    .count();

            assertThat(shape.isValid()).isTrue();
            assertThat(inside / 20_000.0).as("share in the region of %s", level).isCloseTo(level, within(0.013));
            double areaKm2 = shape.getArea()
                    * density.plane().metresPerDegreeEast()
                    * density.plane().metresPerDegreeNorth()
                    / 1e6;
            assertThat(areaKm2).as("area of %s", level).isCloseTo(region.areaKm2(), withPercentage(2));
            assertThat(region.areaKm2()).isEqualTo(density.areaKm2(level));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void ringsAreClosedAndTurnAsRfc7946Says(String name, GaussianDistribution distribution) {
        for (double level : LEVELS) {
            for (GroundPolygon polygon :
                    GroundDensity.of(TURIN, distribution).region(level).polygons()) {
                assertRing(polygon.outer(), true);
                polygon.holes().forEach(hole -> assertRing(hole, false));
            }
        }
    }

    private static void assertRing(List<GroundPoint> ring, boolean counterclockwise) {
        assertThat(ring).hasSizeGreaterThanOrEqualTo(4);
        assertThat(ring.get(0)).isEqualTo(ring.get(ring.size() - 1));
        for (int i = 1; i < ring.size(); i++) {
            assertThat(ring.get(i)).isNotEqualTo(ring.get(i - 1));
        }
        assertThat(Orientation.isCCW(Shapes.ring(ring).getCoordinates())).isEqualTo(counterclockwise);
    }

    @Test
    void farModesArePolygonsOfTheirOwnAndTheFainterOneAppearsWithTheLevel() {
        GroundDensity density =
                GroundDensity.of(TURIN, mixture(part(0.8, 0, 0, 5e3, 5e3, 0), part(0.2, 300e3, 0, 6e3, 6e3, 0)));

        assertThat(density.region(0.5).polygons()).hasSize(1);
        assertThat(density.region(0.95).polygons()).hasSize(2);
    }

    @Test
    void modesAroundAnEmptyMiddleMakeAHole() {
        NormalMixture.Component[] circle = Stream.iterate(0.0, a -> a < 6.28, a -> a + Math.PI / 12)
                .map(a -> part(1, 40e3 * Math.cos(a), 40e3 * Math.sin(a), 6e3, 6e3, 0))
                .toArray(NormalMixture.Component[]::new);

        List<GroundPolygon> polygons =
                GroundDensity.of(TURIN, mixture(circle)).region(0.9).polygons();

        assertThat(polygons).hasSize(1);
        assertThat(polygons.get(0).holes()).hasSize(1);
    }

    @Test
    void aNeedleIsFoundInAHaystack() {
        GroundDensity density =
                GroundDensity.of(TURIN, mixture(part(0.9, 0, 0, 100e3, 100e3, 0), part(0.1, 123e3, 456, 10, 10, 0)));

        GroundRegion region = density.region(0.05);

        assertThat(region.polygons()).hasSize(1);
        assertThat(Shapes.of(region).getCentroid().getX())
                .isCloseTo(density.plane().longitudeOf(123e3 - 0.1 * 123e3), within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"179.9", "-179.9", "180"})
    void aRegionAcrossTheAntimeridianIsCutThere(double longitude) {
        LocalPlane plane = new LocalPlane(-17, longitude);
        var normal = new NormalDistribution(0, 0, 30e3, 40e3, 0.3);

        GroundRegion region = GroundDensity.of(plane, normal).region(0.9);

        assertThat(region.polygons()).hasSize(2);
        List<Geometry> halves = region.polygons().stream()
                .map(polygon -> Shapes.of(new GroundRegion(0.9, 1, List.of(polygon))))
                .toList();
        assertThat(halves).allSatisfy(half -> assertThat(half.isValid()).isTrue());
        assertThat(halves.stream().map(half -> half.getEnvelopeInternal().getWidth()))
                .allSatisfy(width -> assertThat(width).isLessThan(2));
        assertThat(halves.stream().map(half -> half.getEnvelopeInternal().getMaxX()))
                .anySatisfy(x -> assertThat(x).isEqualTo(180));
        assertThat(halves.stream().map(half -> half.getEnvelopeInternal().getMinX()))
                .anySatisfy(x -> assertThat(x).isEqualTo(-180));
        double area = Shapes.of(region).getArea() * plane.metresPerDegreeEast() * plane.metresPerDegreeNorth() / 1e6;
        assertThat(area).isCloseTo(region.areaKm2(), withPercentage(0.5));
        region.polygons().forEach(polygon -> assertRing(polygon.outer(), true));
    }

    @Test
    void aRegionEndsAtThePoleAndOppositeItsMean() {
        GroundDensity polar = GroundDensity.of(new LocalPlane(88, 10), new NormalDistribution(0, 0, 400e3, 400e3, 0));
        GroundDensity wide = GroundDensity.of(new LocalPlane(0, 0), new NormalDistribution(0, 0, 4e7, 4e7, 0));

        for (GroundDensity density : List.of(polar, wide)) {
            Geometry shape = Shapes.of(density.region(0.95));

            for (int i = 0; i < shape.getNumGeometries(); i++) { // a whole turn's parts touch each other
                assertThat(shape.getGeometryN(i).isValid()).isTrue();
            }
            assertThat(shape.isEmpty()).isFalse();
            assertThat(shape.getEnvelopeInternal().getMaxY()).isEqualTo(90);
        }
        assertThat(Shapes.of(wide.region(0.95)).getArea()).isCloseTo(360 * 180, withPercentage(1e-6));
    }

    @Test
    void aMeanBeyondAPoleHasNoGroundAndNoPolygons() {
        GroundDensity nowhere = GroundDensity.of(TURIN, new NormalDistribution(0, 9e6, 30e3, 30e3, 0));

        assertThat(nowhere.mean().latitude()).isEqualTo(90);
        assertThat(nowhere.region(0.9).polygons()).isEmpty();
    }

    @Test
    void aDensityFarFromItsPlanesOriginIsMeasuredWhereItStands() {
        LocalPlane equator = new LocalPlane(0, 10);
        double north = equator.north(60);
        var circle = new NormalDistribution(0, north, 10e3, 10e3, 0);

        GroundDensity density = GroundDensity.of(equator, circle);

        assertThat(density.mean().latitude()).isCloseTo(60, within(1e-9));
        assertThat(density.covariance().sigmaEast()).isCloseTo(10e3 / 2, withPercentage(1));
        assertThat(density.covariance().sigmaNorth()).isCloseTo(10e3, withPercentage(1));
        assertThat(density.median()).isEqualTo(density.mean());
    }
}
