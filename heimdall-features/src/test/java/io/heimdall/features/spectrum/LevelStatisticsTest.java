package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelStatisticsTest {

    @ParameterizedTest
    @CsvSource({"128, 32", "128, 1", "64, 7", "5, 9", "1, 1"})
    void agreesWithTheDefinition(int mels, int frames) {
        Random random = new Random(mels + frames);
        float[] decibels = new float[mels * frames];
        for (int i = 0; i < decibels.length; i++) {
            decibels[i] = (float) (-70 + 15 * random.nextGaussian());
        }
        double[] bands = new double[mels];
        double[] bursts = new double[frames];
        for (int i = 0; i < decibels.length; i++) {
            double power = Math.pow(10, decibels[i] / 10.0);
            bands[i / frames] += power / frames;
            bursts[i % frames] += power / mels;
        }
        double[] sorted = bands.clone();
        Arrays.sort(sorted);
        double[] expected = {
            db(Arrays.stream(bands).average().getAsDouble()),
            db(sorted[mels * 16 / 128]),
            db(sorted[mels / 2]),
            db(sorted[mels - 1]),
            Arrays.stream(bands).map(LevelStatisticsTest::db).average().getAsDouble(),
            db(Arrays.stream(bursts).max().getAsDouble())
        };

        float[] statistics = LevelStatistics.of(decibels, mels, frames);

        assertThat(statistics).hasSize(LevelStatistics.COUNT);
        for (int k = 0; k < LevelStatistics.COUNT; k++) {
            assertThat((double) statistics[k]).as("number %d", k).isCloseTo(expected[k], within(1e-4));
        }
    }

    private static double db(double power) {
        return 10 * Math.log10(power);
    }

    @Test
    void anOffsetMovesAllOfThem() {
        float[] decibels = {-90, -60, -30, -80, -20, -50};
        float[] louder = decibels.clone();
        for (int i = 0; i < louder.length; i++) {
            louder[i] += 7;
        }
        float[] before = LevelStatistics.of(decibels, 3, 2);
        float[] after = LevelStatistics.of(louder, 3, 2);
        for (int k = 0; k < before.length; k++) {
            assertThat(after[k] - before[k]).isCloseTo(7f, within(1e-4f));
        }
    }

    @Test
    void anotherNumberOfValuesIsRefused() {
        assertThatThrownBy(() -> LevelStatistics.of(new float[5], 3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 values")
                .hasMessageContaining("3 bands and 2 frames");
    }
}
