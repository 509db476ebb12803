package io.heimdall.model.output;

import static io.heimdall.model.output.RandomMixtures.weighted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the sampled levels and areas of mixtures to a fine grid, and to closed forms where components do not touch. */
class SampledLevelsTest {
    private static final double[] LEVELS = {0.1, 0.3, 0.5, 0.68, 0.8, 0.9, 0.95, 0.99};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void levelsAndAreasAreThoseOfAFineGrid(long seed) {
        NormalMixture mixture = RandomMixtures.of(new SplittableRandom(seed), (int) (2 + seed));
        Grid grid = Grid.of(mixture);
        for (double level : LEVELS) {
            HighestDensityRegion region = mixture.highestDensityRegion(level);
            assertThat(grid.massAbove(region.edgeLogDensity())).isEqualTo(level, within(0.003));
            assertThat(region.area()).isEqualTo(grid.areaOf(level), within(0.012 * region.area()));
        }
    }

    static Stream<NormalMixture> apart() {
        return Stream.of(
                RandomMixtures.of(weighted(0.5, 0, 0, 1, 1, 0), weighted(0.5, 1e3, 0, 1, 1, 0)),
                RandomMixtures.of(weighted(1 - 1e-3, 0, 0, 1, 2, 0.5), weighted(1e-3, 1e4, 1e4, 1, 1, 0)),
                RandomMixtures.of(weighted(1 - 1e-9, 0, 0, 1, 2, 0.5), weighted(1e-9, 1e4, 1e4, 1, 1, 0)),
                RandomMixtures.of(weighted(0.7, 0, 0, 1e-3, 1e-3, 0.2), weighted(0.3, 1e4, 0, 1e3, 1e2, 0)),
                RandomMixtures.of(weighted(0.02, 0, 0, 1e-3, 1e-3, 0.2), weighted(0.98, 1e5, 0, 1e3, 1e2, 0.9)),
                RandomMixtures.of(
                        weighted(0.4, 0, 0, 3, 1, 0.999),
                        weighted(0.35, 0, 100, 1, 2, -0.999),
                        weighted(0.25, 80, 0, 0.1, 5, 0.999)));
    }

    @ParameterizedTest
    @MethodSource("apart")
    void levelsAndAreasOfComponentsApartAreSums(NormalMixture mixture) {
        for (double level : LEVELS) {
            HighestDensityRegion region = mixture.highestDensityRegion(level);
            double mass = 0;
            double area = 0;
            double exactArea = 0;
            double exactEdge = exactEdge(mixture, level);
            for (NormalMixture.Component c : mixture.components()) {
                double peak = Math.log(c.weight()) + c.normal().shape().peakLogDensity();
                double unit = 2
                        * Math.PI
                        * c.normal().sigmaEast()
                        * c.normal().sigmaNorth()
                        * c.normal().shape().uncorrelated();
                mass += c.weight() * Math.max(0, -Math.expm1(region.edgeLogDensity() - peak));
                area += unit * Math.max(0, peak - region.edgeLogDensity());
                exactArea += unit * Math.max(0, peak - exactEdge);
            }
            assertThat(mass).isEqualTo(level, within(0.001));
            assertThat(region.area()).isEqualTo(area, within(0.01 * area));
            assertThat(region.area()).isEqualTo(exactArea, within(0.01 * exactArea));
        }
    }

    private static double exactEdge(NormalMixture mixture, double level) {
        double low = -1000;
        double high = 1000;
        for (int i = 0; i < 200; i++) {
            double edge = (low + high) / 2;
            double mass = mixture.components().stream()
                    .mapToDouble(c -> c.weight()
                            * Math.max(
                                    0,
                                    -Math.expm1(edge
                                            - Math.log(c.weight())
                                            - c.normal().shape().peakLogDensity())))
                    .sum();
            low = mass > level ? edge : low;
            high = mass > level ? high : edge;
        }
        return low;
    }

    @Test
    void splitNormalHasTheClosedForms() {
        var normal = new NormalDistribution(5, 6, 2, 3, -0.999);
        NormalMixture split =
                RandomMixtures.of(new NormalMixture.Component(0.2, normal), new NormalMixture.Component(0.8, normal));
        for (double level : LEVELS) {
            HighestDensityRegion exact = normal.highestDensityRegion(level);
            HighestDensityRegion sampled = split.highestDensityRegion(level);
            assertThat(sampled.area()).isEqualTo(exact.area(), within(2e-3 * exact.area()));
            assertThat(-Math.expm1(sampled.edgeLogDensity() - normal.shape().peakLogDensity()))
                    .isEqualTo(level, within(5e-4));
        }
        assertThat(split.credibleLevel(5, 6)).isEqualTo(0, within(1e-3));
        assertThat(split.credibleLevel(6, 5)).isEqualTo(normal.credibleLevel(6, 5), within(1e-3));
        assertThat(split.credibleLevel(500, -600)).isEqualTo(1);
        assertThat(split.credibleRadius(6, 5)).isEqualTo(normal.credibleRadius(6, 5), within(0.05));
        assertThat(split.credibleRadius(500, -600)).isCloseTo(normal.credibleRadius(500, -600), withinPercentage(1));
    }

    @Test
    void regionAndLevelAgree() {
        var random = new SplittableRandom(12);
        for (int trial = 0; trial < 30; trial++) {
            NormalMixture mixture = RandomMixtures.of(random, 8);
            for (int i = 0; i < 100; i++) {
                PlanePoint place = mixture.sample(random);
                double level = mixture.credibleLevel(place.east(), place.north());
                assertThat(level).isBetween(0.0, 1.0);
                assertThat(mixture.highestDensityRegion(Math.min(level + 1e-9, 1 - 1e-12))
                                .contains(mixture.logDensity(place.east(), place.north())))
                        .isTrue();
                if (level > 1e-3) {
                    assertThat(mixture.highestDensityRegion(level - 1e-9)
                                    .contains(mixture.logDensity(place.east(), place.north())))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void regionsGrowWithTheLevel() {
        NormalMixture mixture = RandomMixtures.of(new SplittableRandom(13), 8);
        double area = 0;
        double edge = Double.POSITIVE_INFINITY;
        for (double level = 1e-6; level < 1; level += 1e-3) {
            HighestDensityRegion region = mixture.highestDensityRegion(level);
            assertThat(region.area()).isGreaterThan(area);
            assertThat(region.edgeLogDensity()).isLessThanOrEqualTo(edge);
            area = region.area();
            edge = region.edgeLogDensity();
        }
        assertThat(mixture.highestDensityRegion(Math.nextDown(1.0)).area())
                .isGreaterThan(area)
                .isFinite();
        assertThat(mixture.highestDensityRegion(Double.MIN_VALUE).area()).isBetween(0.0, 1e-9);
    }

    /** Cells of equal size, the densest first. */
    private record Grid(double[] logDensities, double[] massBefore, double cell) {
        private static final int SIDE = 800;
        private static final double HALF_WIDTH = 24;

        static Grid of(NormalMixture mixture) {
            double step = 2 * HALF_WIDTH / SIDE;
            double[] values = new double[SIDE * SIDE];
            for (int i = 0; i < values.length; i++) {
                double east = (i % SIDE + 0.5) * step - HALF_WIDTH;
                double north = (i / SIDE + 0.5) * step - HALF_WIDTH;
                values[i] = -mixture.logDensity(east, north);
            }
            Arrays.sort(values);
            double[] mass = new double[values.length + 1];
            for (int i = 0; i < values.length; i++) {
                values[i] = -values[i];
                mass[i + 1] = mass[i] + Math.exp(values[i]) * step * step;
            }
            assertThat(mass[values.length]).isEqualTo(1, within(1e-4));
            return new Grid(values, mass, step * step);
        }

        double massAbove(double edge) {
            int count = 0;
            while (logDensities[count] > edge) {
                count++;
            }
            return massBefore[count];
        }

        double areaOf(double level) {
            int count = 0;
            while (massBefore[count] < level) {
                count++;
            }
            return cell * (count - (massBefore[count] - level) / (massBefore[count] - massBefore[count - 1]));
        }
    }
}
