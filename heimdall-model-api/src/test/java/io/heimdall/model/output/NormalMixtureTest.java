package io.heimdall.model.output;

import static io.heimdall.model.output.RandomMixtures.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalMixtureTest {
    private static final NormalMixture TWO =
            RandomMixtures.of(weighted(3, 0, 0, 1, 2, 0.5), weighted(1, 4, -2, 0.5, 0.25, -0.9));

    @Test
    void densityIsTheWeightedSum() {
        NormalDistribution first = TWO.components().get(0).normal();
        NormalDistribution second = TWO.components().get(1).normal();
        for (double x = -1; x < 5; x += 0.5) {
            double sum = 0.75 * Math.exp(first.logDensity(x, -x / 2)) + 0.25 * Math.exp(second.logDensity(x, -x / 2));
            assertThat(TWO.logDensity(x, -x / 2)).isEqualTo(Math.log(sum), within(1e-12));
        }
        assertThat(TWO.logDensity(1e6, 0)).isEqualTo(Math.log(0.75) + first.logDensity(1e6, 0), within(1e-3));
    }

    @Test
    void samplesHaveItsMomentsAndFillItsRegions() {
        var random = new SplittableRandom(9);
        PlanePoint mean = TWO.mean();
        Covariance covariance = TWO.covariance();
        HighestDensityRegion region = TWO.highestDensityRegion(0.8);
        int count = 200_000;
        double[] sums = new double[6];
        for (int i = 0; i < count; i++) {
            PlanePoint place = TWO.sample(random);
            double east = place.east() - mean.east();
            double north = place.north() - mean.north();
            double inside = region.contains(TWO.logDensity(place.east(), place.north())) ? 1 : 0;
            double[] terms = {east, north, east * east, east * north, north * north, inside};
            for (int j = 0; j < terms.length; j++) {
                sums[j] += terms[j] / count;
            }
        }
        assertThat(sums)
                .containsExactly(
                        new double[] {0, 0, covariance.eastEast(), covariance.eastNorth(), covariance.northNorth(), 0.8
                        },
                        within(0.03));
        assertThat(sums[5]).isEqualTo(0.8, within(0.005));
    }

    @Test
    void oneComponentHasTheClosedForms() {
        var normal = new NormalDistribution(3, -2, 2, 0.5, -0.999);
        NormalMixture mixture = RandomMixtures.of(new NormalMixture.Component(7, normal));
        assertThat(mixture.credibleLevel(4, -2.25)).isEqualTo(normal.credibleLevel(4, -2.25));
        assertThat(mixture.credibleRadius(4, -2.25)).isEqualTo(normal.credibleRadius(4, -2.25));
        assertThat(mixture.withSigmasTimes(3).components())
                .containsExactly(new NormalMixture.Component(1, new NormalDistribution(3, -2, 6, 1.5, -0.999)));
        assertThat(mixture.highestDensityRegion(0.9)).isEqualTo(normal.highestDensityRegion(0.9));
        assertThat(mixture.spatialMedian()).isEqualTo(normal.mean());
        assertThat(mixture.mean()).isEqualTo(normal.mean());
        assertThat(mixture.logDensity(4, -2.25)).isEqualTo(normal.logDensity(4, -2.25), within(1e-11));
    }

    @Test
    void mapKeepsLevelsAndScalesAreas() {
        var random = new SplittableRandom(10);
        for (int trial = 0; trial < 20; trial++) {
            NormalMixture mixture = RandomMixtures.of(random, 5);
            var map = new AffineMap(-300, 40_000, 7, 111 * random.nextDouble());
            NormalMixture mapped = mixture.map(map);
            double stretch = map.scaleEast() * map.scaleNorth();
            PlanePoint place = mixture.sample(random);
            PlanePoint image = map.apply(place);
            assertThat(mapped.credibleLevel(image.east(), image.north()))
                    .isEqualTo(mixture.credibleLevel(place.east(), place.north()), within(1e-6));
            assertThat(mapped.logDensity(image.east(), image.north()))
                    .isEqualTo(mixture.logDensity(place.east(), place.north()) - Math.log(stretch), within(1e-9));
            double area = mixture.highestDensityRegion(0.68).area();
            assertThat(mapped.highestDensityRegion(0.68).area() / stretch).isEqualTo(area, within(1e-5 * area));
            assertThat(mapped.mean().distanceTo(map.apply(mixture.mean()))).isLessThan(1e-9);
            assertThat(mapped.east().crps(image.east()))
                    .isEqualTo(40_000 * mixture.east().crps(place.east()), within(1e-6));
        }
    }

    @Test
    void mirrorKeepsLevelsToTheirPrecision() {
        var mirror = new AffineMap(0, -1, 0, 1);
        assertThat(TWO.map(mirror).credibleLevel(-1, 1.5)).isEqualTo(TWO.credibleLevel(1, 1.5), within(0.003));
    }

    @Test
    void joinIsTheWeightedSumOfItsMembers() {
        var member = new NormalDistribution(-1, 1, 1, 1, 0);
        NormalMixture joined = NormalMixture.join(List.of(TWO, member), 3, 1);
        double sum = 0.75 * Math.exp(TWO.logDensity(0.5, 0.25)) + 0.25 * Math.exp(member.logDensity(0.5, 0.25));
        assertThat(joined.components()).hasSize(3);
        assertThat(joined.logDensity(0.5, 0.25)).isEqualTo(Math.log(sum), within(1e-12));
        assertThat(joined.mean().east()).isEqualTo(0.75 * TWO.mean().east() - 0.25, within(1e-12));
        assertThat(NormalMixture.join(List.of(TWO, member))).isEqualTo(NormalMixture.join(List.of(TWO, member), 5, 5));
        assertThat(NormalMixture.join(List.of(TWO, TWO, TWO)).logDensity(1, 1))
                .isEqualTo(TWO.logDensity(1, 1), within(1e-12));
    }

    @Test
    void equalComponentsMakeEqualMixtures() {
        var same = new NormalMixture(TWO.components());
        assertThat(same).isEqualTo(TWO).hasSameHashCodeAs(TWO).hasToString(TWO.toString());
        assertThat(TWO).isNotEqualTo(TWO.map(AffineMap.scaling(2)));
    }

    @Test
    void weightsThatMakeNoMixtureAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RandomMixtures.of(weighted(0, 0, 0, 1, 1, 0)))
                .withMessage("1 components with a sum of weights of 0.0: it must be above 0 and finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormalMixture.join(List.of(TWO, TWO), 1))
                .withMessage("2 distributions with 1 weights: one for each is needed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> weighted(-0.5, 0, 0, 1, 1, 0))
                .withMessage("weight -0.5 is not a finite number of 0 or more");
    }

    @Test
    void componentsOfWeightZeroStayAndCountForNothing() {
        NormalMixture mixture = RandomMixtures.of(weighted(0, 100, 100, 1, 1, 0), weighted(2, 1, 1, 1, 1, 0));
        assertThat(mixture.components()).hasSize(2);
        assertThat(mixture.highestDensityRegion(0.5).area()).isEqualTo(2 * Math.PI * Math.log(2), within(1e-3));
        assertThat(mixture.spatialMedian().distanceTo(new PlanePoint(1, 1))).isLessThan(0.01);
        var random = new SplittableRandom(11);
        assertThat(IntStream.range(0, 1000)
                        .mapToDouble(i -> mixture.sample(random).east()))
                .allMatch(east -> east < 50);
    }

    @Test
    void severalThreadsGetTheSameAnswer() {
        List<Double> levels = IntStream.range(0, 64)
                .parallel()
                .mapToObj(i -> TWO.map(AffineMap.scaling(1)).credibleLevel(1, 1.5))
                .distinct()
                .toList();
        NormalMixture shared = TWO.map(AffineMap.scaling(1));
        assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> shared.credibleLevel(1, 1.5)))
                .containsOnly(TWO.credibleLevel(1, 1.5));
        assertThat(levels).containsExactly(TWO.credibleLevel(1, 1.5));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void spatialMedianHasTheLeastMeanDistance(int components) {
        var random = new SplittableRandom(components);
        NormalMixture mixture = RandomMixtures.of(random, components);
        PlanePoint median = mixture.spatialMedian();
        List<PlanePoint> places = IntStream.range(0, 100_000)
                .mapToObj(i -> mixture.sample(random))
                .toList();
        double least = meanDistance(places, median);
        double spread = mixture.covariance().sigmaEast();
        assertThat(least).isLessThan(meanDistance(places, mixture.mean()) + 1e-3 * spread);
        for (int k = 0; k < 8; k++) {
            double angle = k * Math.PI / 4;
            var near = new PlanePoint(
                    median.east() + 0.1 * spread * Math.cos(angle), median.north() + 0.1 * spread * Math.sin(angle));
            assertThat(meanDistance(places, near)).isGreaterThan(least);
        }
    }

    @Test
    void spatialMedianOfASymmetricMixtureIsItsCentre() {
        NormalMixture mixture = RandomMixtures.of(
                weighted(1, -2, 0, 1, 0.5, 0.3), weighted(1, 2, 0, 1, 0.5, 0.3), weighted(0.5, 0, 0, 0.2, 0.2, 0));
        assertThat(mixture.spatialMedian().distanceTo(new PlanePoint(0, 0))).isLessThan(0.01);
    }

    @Test
    void spatialMedianIgnoresAFarMinority() {
        NormalMixture mixture = RandomMixtures.of(weighted(0.51, 1, 2, 1, 1, 0), weighted(0.49, 1e5, 0, 1, 1, 0));
        // The near one pulls back with 0.51 E[(X - m) / |X - m|], about 0.51 (1 - 1 / 2 d^2) at d sigmas: 0.49 at 3.57.
        assertThat(mixture.spatialMedian().distanceTo(new PlanePoint(1 + 3.57, 2)))
                .isLessThan(0.3);
    }

    private static double meanDistance(List<PlanePoint> places, PlanePoint from) {
        return places.stream().mapToDouble(from::distanceTo).average().orElseThrow();
    }

    @Test
    void densitiesAtManyPlacesAreThoseAtEach() {
        var random = new SplittableRandom(5);
        for (int trial = 0; trial < 20; trial++) {
            NormalMixture mixture = RandomMixtures.of(random, 16);
            double[] east = random.doubles(333, -200, 200).toArray();
            double[] north = random.doubles(333, -200, 200).toArray();

            double[] logs = new MixtureDensity(mixture.terms()).logs(east, north);

            for (int i = 0; i < logs.length; i++) {
                double exact = mixture.logDensity(east[i], north[i]);
                assertThat(logs[i]).isEqualTo(exact, within(5e-6 + 5e-7 * Math.abs(exact)));
            }
        }
    }

    /** A float alone would tell places a kilometre away only to a tenth of a millimetre. */
    @Test
    void densitiesOfTinyComponentsFarApartHaveAllTheirDigits() {
        NormalMixture mixture =
                RandomMixtures.of(weighted(0.3, 1e6, -1e6, 1e-3, 2e-3, 0.9), weighted(0.7, -1e6, 3, 1e4, 1e3, 0));
        double[] east = {1e6, 1e6 + 1e-3, 1e6 - 2e-3, 1e6, -1e6, -1e6 + 1e4, 0};
        double[] north = {-1e6, -1e6 + 1e-3, -1e6, -1e6 - 5e-3, 3, 1e3, 0};

        double[] logs = mixture.logDensities(east, north);

        for (int i = 0; i < logs.length; i++) {
            double exact = mixture.logDensity(east[i], north[i]);
            assertThat(logs[i]).isEqualTo(exact, within(5e-6 + 5e-7 * Math.abs(exact)));
        }
    }

    /** Where every component is beyond the range of a float, densities are still numbers, and tiny. */
    @Test
    void densitiesFarBeyondEverythingAreNumbers() {
        double[] logs = TWO.logDensities(new double[] {1e25, 0}, new double[] {0, -1e30});

        assertThat(Arrays.stream(logs).filter(log -> log < -1e37)).hasSize(2);
    }
}
