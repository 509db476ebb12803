package io.heimdall.model.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisDistributionTest {
    private static final double STEP = 1e-3;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void scoreIsTheSquaredDifferenceOfTheDistributionFunctions(int components) {
        NormalMixture mixture = RandomMixtures.of(new SplittableRandom(components), components);
        for (AxisDistribution axis : new AxisDistribution[] {mixture.east(), mixture.north()}) {
            for (double truth : new double[] {-3, 0.25, 4}) {
                double integral = 0;
                for (double x = -60 + STEP / 2; x < 60; x += STEP) {
                    double difference = axis.cumulative(x) - (x > truth ? 1 : 0);
                    integral += difference * difference * STEP;
                }
                assertThat(axis.crps(truth)).isEqualTo(integral, within(1e-3 * STEP + 1e-9));
            }
        }
    }

    @Test
    void densityIsTheSlopeOfTheDistributionFunction() {
        AxisDistribution axis = RandomMixtures.of(new SplittableRandom(3), 4).east();
        for (double x = -5; x < 5; x += 0.37) {
            double slope = (axis.cumulative(x + 1e-5) - axis.cumulative(x - 1e-5)) / 2e-5;
            assertThat(axis.density(x)).isEqualTo(slope, within(1e-8));
        }
        assertThat(axis.cumulative(-1e6)).isZero();
        assertThat(axis.cumulative(1e6)).isEqualTo(1, within(1e-15));
    }

    @Test
    void logDensityIsThatOfTheDensityAndGoesOnWhereTheDensityIsZero() {
        AxisDistribution axis = RandomMixtures.of(new SplittableRandom(4), 3).north();
        for (double x = -8; x < 8; x += 0.61) {
            assertThat(axis.logDensity(x)).isEqualTo(Math.log(axis.density(x)), within(1e-12));
        }
        AxisDistribution narrow = new NormalDistribution(0, 5, 1, 2, 0.3).north();
        assertThat(narrow.density(205)).isZero();
        assertThat(narrow.logDensity(205)).isEqualTo(-5000 - Math.log(2) - Math.log(2 * Math.PI) / 2, within(1e-9));
    }

    @Test
    void scoreOfTheStandardNormalIsKnown() {
        AxisDistribution standard = new NormalDistribution(0, 5, 1, 2, 0.3).east();
        assertThat(standard.crps(0)).isEqualTo((Math.sqrt(2) - 1) / Math.sqrt(Math.PI), within(1e-15));
        assertThat(new NormalDistribution(0, 5, 1, 2, 0.3).north().crps(5))
                .isEqualTo(2 * (Math.sqrt(2) - 1) / Math.sqrt(Math.PI), within(1e-15));
    }
}
