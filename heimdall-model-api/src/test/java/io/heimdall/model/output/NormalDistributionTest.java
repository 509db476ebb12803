package io.heimdall.model.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NormalDistributionTest {
    private static final NormalDistribution TILTED = new NormalDistribution(3, -2, 2, 0.5, 0.6);

    @Test
    void densityIsItsDefinition() {
        double a = (4.5 - 3) / 2;
        double b = (-2.4 + 2) / 0.5;
        double q = (a * a - 2 * 0.6 * a * b + b * b) / (1 - 0.36);
        assertThat(TILTED.logDensity(4.5, -2.4))
                .isEqualTo(Math.log(Math.exp(-q / 2) / (2 * Math.PI * 2 * 0.5 * 0.8)), within(1e-12));
        assertThat(TILTED.credibleLevel(4.5, -2.4)).isEqualTo(1 - Math.exp(-q / 2), within(1e-12));
        assertThat(TILTED.credibleRadius(4.5, -2.4)).isEqualTo(Math.sqrt(q), within(1e-12));
    }

    @Test
    void covarianceHoldsVariancesAndTheirProduct() {
        assertThat(TILTED.covariance()).isEqualTo(new Covariance(4, 0.6, 0.25));
        assertThat(TILTED.covariance().correlation()).isEqualTo(0.6, within(1e-15));
        assertThat(NormalDistribution.of(TILTED.mean(), TILTED.covariance())).isEqualTo(TILTED);
        assertThat(TILTED.spatialMedian()).isEqualTo(new PlanePoint(3, -2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.1, 0.5, 0.68, 0.95, 0.999999})
    void regionIsAnEllipseOfTheChiSquaredQuantile(double level) {
        HighestDensityRegion region = TILTED.highestDensityRegion(level);
        double radius = Math.sqrt(-2 * Math.log1p(-level));
        assertThat(region.level()).isEqualTo(level);
        assertThat(region.area()).isEqualTo(Math.PI * radius * radius * 2 * 0.5 * 0.8, within(1e-12 * region.area()));
        PlanePoint inside = TILTED.shape().at(0.6 * radius * (1 - 1e-6), -0.8 * radius * (1 - 1e-6));
        PlanePoint outside = TILTED.shape().at(0.6 * radius * (1 + 1e-6), -0.8 * radius * (1 + 1e-6));
        assertThat(region.contains(TILTED.logDensity(outside.east(), outside.north())))
                .isFalse();
        assertThat(region.contains(TILTED.logDensity(inside.east(), inside.north())))
                .isTrue();
        assertThat(TILTED.credibleLevel(inside.east(), inside.north())).isLessThan(level);
    }

    @Test
    void samplesHaveItsMomentsAndFillItsRegions() {
        var random = new SplittableRandom(8);
        int count = 100_000;
        int inside = 0;
        double[] sums = new double[5];
        for (int i = 0; i < count; i++) {
            PlanePoint place = TILTED.sample(random);
            double east = place.east() - 3;
            double north = place.north() + 2;
            double[] terms = {east, north, east * east, east * north, north * north};
            for (int j = 0; j < 5; j++) {
                sums[j] += terms[j] / count;
            }
            inside += TILTED.credibleLevel(place.east(), place.north()) < 0.9 ? 1 : 0;
        }
        assertThat(sums).containsExactly(new double[] {0, 0, 4, 0.6, 0.25}, within(0.06));
        assertThat((double) inside / count).isEqualTo(0.9, within(0.004));
    }

    @ParameterizedTest
    @CsvSource({"1000, 250", "-3, 0.1", "2, -7", "-1, -1"})
    void mapKeepsLevelsAndScalesAreas(double scaleEast, double scaleNorth) {
        var map = new AffineMap(50, scaleEast, -9, scaleNorth);
        NormalDistribution mapped = TILTED.map(map);
        PlanePoint place = map.apply(new PlanePoint(4.5, -2.4));
        double stretch = Math.abs(scaleEast * scaleNorth);
        assertThat(mapped.credibleLevel(place.east(), place.north()))
                .isEqualTo(TILTED.credibleLevel(4.5, -2.4), within(1e-12));
        assertThat(mapped.logDensity(place.east(), place.north()))
                .isEqualTo(TILTED.logDensity(4.5, -2.4) - Math.log(stretch), within(1e-12));
        assertThat(mapped.highestDensityRegion(0.68).area())
                .isEqualTo(stretch * TILTED.highestDensityRegion(0.68).area(), within(1e-9 * stretch));
        assertThat(mapped.mean()).isEqualTo(map.apply(TILTED.mean()));
        PlanePoint back = map.inverse().apply(place);
        assertThat(back.distanceTo(new PlanePoint(4.5, -2.4))).isLessThan(1e-12);
    }

    @Test
    void narrowRidgeKeepsItsPrecision() {
        double r = 1 - 1e-12;
        var ridge = new NormalDistribution(0, 0, 1, 1, r);
        double s = 2e-12 * (1 - 0.5e-12);
        assertThat(ridge.logDensity(1, 1))
                .isEqualTo(-1 / (1 + r) - Math.log(2 * Math.PI) - Math.log(s) / 2, within(1e-4));
    }

    @Test
    void valuesOutOfRangeAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NormalDistribution(Double.POSITIVE_INFINITY, 0, 1, 1, 0))
                .withMessage("mean Infinity, 0.0 is not finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NormalDistribution(0, 0, 1, -1, 0))
                .withMessage("sigma 1.0, -1.0: both must be above 0 and finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NormalDistribution(0, 0, 1, 1, -1))
                .withMessage("correlation -1.0 is not above -1 and below 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TILTED.highestDensityRegion(1))
                .withMessage("level 1.0 is not above 0 and below 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AffineMap(0, 1, 0, 0))
                .withMessage("a map of offsets 0.0, 0.0 and scales 1.0, 0.0: all must be finite and no scale may be 0");
    }
}
