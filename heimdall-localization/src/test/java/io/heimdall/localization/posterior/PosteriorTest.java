package io.heimdall.localization.posterior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.localization.evidence.DelayEvidence;
import io.heimdall.localization.evidence.DistributionEvidence;
import io.heimdall.localization.evidence.Evidence;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.evidence.Site;
import io.heimdall.localization.evidence.TimeDifference;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.HighestDensityRegion;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.model.output.PlanePoint;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Posteriors against cases whose answer is known. */
class PosteriorTest {
    private static final SearchArea AREA = SearchArea.around(0, 0, 500_000);

    private static WeightedEvidence normal(double east, double north, double sigmaEast, double sigmaNorth, double r) {
        return WeightedEvidence.of(
                DistributionEvidence.of(new NormalDistribution(east, north, sigmaEast, sigmaNorth, r)));
    }

    @Test
    void twoNormalsGiveTheirProduct() {
        Posterior posterior = Posterior.of(
                AREA, List.of(normal(10_000, 20_000, 3000, 4000, 0), normal(14_000, 26_000, 4000, 3000, 0)));

        double precision = 1 / 9e6 + 1 / 16e6;
        NormalDistribution exact = new NormalDistribution(
                (10_000 / 9e6 + 14_000 / 16e6) / precision,
                (20_000 / 16e6 + 26_000 / 9e6) / precision,
                Math.sqrt(1 / precision),
                Math.sqrt(1 / precision),
                0);
        assertThat(posterior.mean().distanceTo(exact.mean())).isLessThan(5);
        assertThat(posterior.spatialMedian().distanceTo(exact.mean())).isLessThan(20);
        assertThat(posterior.covariance().sigmaEast()).isCloseTo(exact.sigmaEast(), within(20.0));
        assertThat(posterior.covariance().sigmaNorth()).isCloseTo(exact.sigmaNorth(), within(20.0));
        assertThat(posterior.covariance().correlation()).isCloseTo(0, within(0.01));
        for (double level : new double[] {0.5, 0.68, 0.9, 0.95}) {
            double area = exact.highestDensityRegion(level).area();
            assertThat(posterior.highestDensityRegion(level).area()).isCloseTo(area, within(0.01 * area));
        }
        double east = exact.meanEast() + 2000;
        double north = exact.meanNorth() - 3000;
        assertThat(posterior.logDensity(east, north)).isCloseTo(exact.logDensity(east, north), within(0.25));
        assertThat(posterior.credibleLevel(east, north)).isCloseTo(exact.credibleLevel(east, north), within(0.03));
        assertThat(posterior.credibleRadius(east, north)).isCloseTo(exact.credibleRadius(east, north), within(0.1));
        assertThat(posterior.massAtBorder()).isLessThan(1e-9);
    }

    @Test
    void correlationsSurvive() {
        Posterior posterior = Posterior.of(AREA, List.of(normal(-30_000, 1000, 10_000, 3000, -0.9)));
        assertThat(posterior.covariance().correlation()).isCloseTo(-0.9, within(0.01));
        assertThat(posterior.covariance().sigmaEast()).isCloseTo(10_000, within(100.0));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 3, 30, 300, 100_000})
    void evidenceOfAnyWidthIsFound(double sigma) {
        double east = 123_456.7;
        double north = -77_777.7;
        SearchArea area = SearchArea.around(0, 0, 1_000_000);
        Posterior posterior =
                Posterior.of(area, List.of(normal(east, north, sigma, sigma, 0)), sigma / 100, Posterior.CELLS);

        assertThat(posterior.mean().distanceTo(new PlanePoint(east, north))).isLessThan(0.03 * sigma);
        assertThat(posterior.covariance().sigmaEast()).isCloseTo(sigma, within(0.02 * sigma));
        double area95 = -2 * Math.log(0.05) * Math.PI * sigma * sigma;
        assertThat(posterior.highestDensityRegion(0.95).area()).isCloseTo(area95, within(0.02 * area95));
        assertThat(posterior.cells()).isLessThan(Posterior.CELLS / 2);
    }

    @Test
    void twoFarModesKeepTheirWeights() {
        NormalMixture mixture = new NormalMixture(List.of(
                new NormalMixture.Component(0.7, new NormalDistribution(-400_000, -310_000, 100, 100, 0)),
                new NormalMixture.Component(0.3, new NormalDistribution(390_000, 321_000, 2000, 500, 0.5))));
        Posterior posterior = Posterior.of(AREA, List.of(WeightedEvidence.of(DistributionEvidence.of(mixture))));

        assertThat(posterior.mean().distanceTo(mixture.mean())).isLessThan(2000);
        assertThat(posterior.covariance().sigmaEast())
                .isCloseTo(mixture.covariance().sigmaEast(), within(2000.0));
        assertThat(posterior.spatialMedian().distanceTo(new PlanePoint(-400_000, -310_000)))
                .isLessThan(200);
        double area = mixture.highestDensityRegion(0.9).area();
        assertThat(posterior.highestDensityRegion(0.9).area()).isCloseTo(area, within(0.03 * area));
        Random random = new Random(4);
        long western = IntStream.range(0, 4000)
                .filter(i -> posterior.sample(random).east() < 0)
                .count();
        assertThat(western).isBetween(2700L, 2900L);
    }

    @Test
    void aRingIsARing() {
        double radius = 200_000;
        double sigma = 2000;
        Evidence ring = (east, north, blur) -> {
            double wide = Math.hypot(sigma, blur);
            double z = (Math.hypot(east, north) - radius) / wide;
            return -z * z / 2 - Math.log(wide);
        };
        Posterior posterior = Posterior.of(AREA, List.of(WeightedEvidence.of(ring)));

        assertThat(posterior.mean().distanceTo(new PlanePoint(0, 0))).isLessThan(500);
        assertThat(posterior.covariance().eastEast()).isCloseTo(radius * radius / 2, within(0.01 * radius * radius));
        double area = 2 * Math.PI * radius * 2 * 1.96 * sigma;
        HighestDensityRegion region = posterior.highestDensityRegion(0.95);
        assertThat(region.area()).isCloseTo(area, within(0.03 * area));
        List<List<PlanePoint>> rings = posterior.rings(region, -1e9, 1e9);
        assertThat(rings).hasSize(2);
        assertThat(rings.stream().mapToDouble(PosteriorTest::area).sum()).isCloseTo(area, within(0.03 * area));
    }

    private static double area(List<PlanePoint> ring) {
        double twice = 0;
        PlanePoint last = ring.get(ring.size() - 1);
        for (PlanePoint point : ring) {
            twice += last.east() * point.north() - point.east() * last.north();
            last = point;
        }
        return twice / 2;
    }

    @Test
    void oneDelayIsAHyperbola() {
        LocalPlane plane = new LocalPlane(48, 8);
        Site first = new Site("a", 48, 6);
        Site second = new Site("b", 48.5, 10);
        TimeDifference delay = new TimeDifference(first, second, 200e-6, 2e-6);
        Posterior posterior = Posterior.of(
                SearchArea.around(0, 0, 600_000),
                List.of(WeightedEvidence.of(DelayEvidence.of(plane, List.of(delay), Propagation.STRAIGHT, 0))));

        Random random = new Random(5);
        double squares = 0;
        int inSigma = 0;
        double north = 0;
        for (int i = 0; i < 4000; i++) {
            PlanePoint place = posterior.sample(random);
            double z = delay.residualSeconds(
                            plane.latitudeOf(place.north()), plane.longitudeOf(place.east()), Propagation.STRAIGHT)
                    / 2e-6;
            squares += z * z / 4000;
            inSigma += Math.abs(z) < 1 ? 1 : 0;
            north = Math.max(north, Math.abs(place.north()));
        }
        assertThat(Math.sqrt(squares)).isCloseTo(1, within(0.1));
        assertThat(inSigma).isBetween(2580, 2880);
        assertThat(north).as("the band goes through the area").isGreaterThan(550_000);
        assertThat(posterior.massAtBorder()).isGreaterThan(0.01);
    }

    @Test
    void evidenceWithoutExponentHasNoSay() {
        WeightedEvidence right = normal(1000, 2000, 500, 500, 0);
        Evidence impossible = (east, north, blur) -> Double.NEGATIVE_INFINITY;
        Posterior alone = Posterior.of(AREA, List.of(right));
        Posterior both = Posterior.of(AREA, List.of(right, new WeightedEvidence(impossible, 0)));
        assertThat(both.mean()).isEqualTo(alone.mean());
        assertThat(both.covariance()).isEqualTo(alone.covariance());
        assertThatThrownBy(() -> Posterior.of(AREA, List.of(right, WeightedEvidence.of(impossible))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no place possible");
    }

    @Test
    void anExponentWidens() {
        Posterior posterior = Posterior.of(
                AREA,
                List.of(new WeightedEvidence(
                        DistributionEvidence.of(new NormalDistribution(0, 0, 1000, 1000, 0)), 0.25)));
        assertThat(posterior.covariance().sigmaEast()).isCloseTo(2000, within(40.0));
    }

    @Test
    void mapsLikeAnyDistribution() {
        Posterior posterior = Posterior.of(AREA, List.of(normal(1000, 2000, 500, 800, 0.5)));
        Posterior mapped = posterior.map(new AffineMap(10, -0.001, 20, 0.001));
        assertThat(mapped.mean().east()).isCloseTo(9, within(0.01));
        assertThat(mapped.mean().north()).isCloseTo(22, within(0.01));
        assertThat(mapped.covariance().correlation()).isCloseTo(-0.5, within(0.01));
        assertThat(mapped.logDensity(9.2, 22.1))
                .isCloseTo(posterior.logDensity(800, 2100) + Math.log(1e6), within(1e-9));
        assertThat(mapped.highestDensityRegion(0.9).area())
                .isCloseTo(posterior.highestDensityRegion(0.9).area() * 1e-6, within(1e-6));
        assertThat(mapped.logDensity(1e9, 0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(mapped.credibleLevel(1e9, 0)).isCloseTo(1, within(1e-9));
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> Posterior.of(AREA, List.of(), 0, 5000)).hasMessageContaining("cells of 0.0 m");
        assertThatThrownBy(() -> Posterior.of(AREA, List.of(), 1, 10)).hasMessageContaining("1024 at least");
        assertThatThrownBy(() -> new SearchArea(1, 0, 0, 1)).hasMessageContaining("no finite width");
        assertThatThrownBy(() -> new WeightedEvidence((e, n, b) -> 0, -1)).hasMessageContaining("exponent of -1.0");
    }
}
