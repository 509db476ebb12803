package io.heimdall.model.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LevelMapTest {
    /** Levels of truths for which the densities are too narrow. */
    private static double[] tooFarOut(int count, long seed) {
        Random random = new Random(seed);
        return DoubleStream.generate(() -> Math.pow(random.nextDouble(), 0.6))
                .limit(count)
                .toArray();
    }

    @Test
    void theRawLevelIsTheOrderStatisticOfTheDefinition() {
        double[] levels =
                IntStream.rangeClosed(1, 99).mapToDouble(i -> i * i / 1e4).toArray();
        LevelMap map = LevelMap.conformal(levels);
        // ceil(0.5 * 100) = 50, ceil(0.95 * 100) = 95, ceil(0.99 * 100) = 99
        assertThat(map.raw(0.5)).isEqualTo(0.25);
        assertThat(map.raw(0.95)).isEqualTo(0.9025);
        assertThat(map.raw(0.99)).isEqualTo(0.9801);
        assertThat(LevelMap.conformal(new double[] {0.1, 0.2}).raw(0.95))
                .isGreaterThan(0.99)
                .isLessThan(1);
    }

    @Test
    void regionsOfFurtherSessionsHoldWhatTheyShould() {
        LevelMap map = LevelMap.conformal(tooFarOut(4000, 1));
        double[] others = tooFarOut(4000, 2);
        for (double level : List.of(0.5, 0.68, 0.9, 0.95)) {
            double raw = map.raw(level);
            assertThat(DoubleStream.of(others).filter(u -> u <= raw).count() / 4000.0)
                    .isCloseTo(level, within(0.025));
            assertThat(DoubleStream.of(others).filter(u -> u <= level).count() / 4000.0)
                    .as("before")
                    .isLessThan(level - 0.01);
        }
    }

    @Test
    void bothWaysAreOneMapAndMonotone() {
        LevelMap map = LevelMap.conformal(tooFarOut(500, 3));
        double before = 0;
        for (int i = 1; i < 1000; i++) {
            double raw = map.raw(i / 1000.0);
            assertThat(raw).isGreaterThanOrEqualTo(before);
            assertThat(map.calibrated(raw)).isCloseTo(i / 1000.0, within(1e-9));
            before = raw;
        }
        assertThat(map.calibrated(0)).isZero();
        assertThat(map.calibrated(1)).isEqualTo(1);
    }

    @Test
    void aTruthIsInsideOfARegionIfItsCalibratedLevelIsBelow() {
        LevelMap steps = LevelMap.conformal(new double[] {0.3, 0.3, 0.3, 0.3, 0.3, 0.8, 0.8, 0.8, 0.8, 0.8});
        for (double level : LevelMap.LEVELS) {
            for (double truth : List.of(0.0, 0.1, 0.3, 0.31, 0.79, 0.8, 0.81)) {
                assertThat(steps.calibrated(truth) <= level)
                        .as("truth at %s, region of %s", truth, level)
                        .isEqualTo(truth <= steps.raw(level));
            }
        }
    }

    @Test
    void theIdentityChangesNoBit() {
        Random random = new Random(4);
        for (int i = 0; i < 100; i++) {
            double level = random.nextDouble();
            assertThat(LevelMap.IDENTITY.raw(level)).isEqualTo(level);
            assertThat(LevelMap.IDENTITY.calibrated(level)).isEqualTo(level);
        }
    }

    @Test
    void readsWhatItWrites() {
        LevelMap map = LevelMap.conformal(tooFarOut(100, 5));
        assertThat(LevelMap.parse(map.text())).isEqualTo(map);
        assertThatThrownBy(() -> LevelMap.parse("0.1 0.2")).hasMessage("2 levels are given for 21");
        assertThatThrownBy(() -> LevelMap.parse(map.text().replaceFirst("0\\.\\d+", "0.99999")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("below that before it");
    }
}
