package io.heimdall.features.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void partsMergedInAnyWayGiveTheWhole() {
        float[] values = ReferenceSignals.real("statistics", 1000);
        for (int i = 0; i < values.length; i++) {
            values[i] = -90 + 5 * values[i];
        }
        RunningStatistics whole = new RunningStatistics();
        whole.add(values, 0, 1000);
        RunningStatistics merged = new RunningStatistics();
        for (int from = 0, length = 0; from < 1000; from += length, length++) {
            RunningStatistics part = new RunningStatistics();
            part.add(values, from, Math.min(1000, from + length));
            merged.merge(part);
        }
        assertThat(merged.count()).isEqualTo(1000);
        assertThat(merged.mean()).isCloseTo(whole.mean(), within(1e-11));
        assertThat(merged.standardDeviation()).isCloseTo(whole.standardDeviation(), within(1e-11));
    }

    @Test
    void aLargeMeanDoesNotDrownTheDeviation() {
        RunningStatistics statistics = new RunningStatistics();
        for (double value : new double[] {4, 7, 13, 16}) {
            statistics.add(1e9 + value);
        }
        assertThat(statistics.mean()).isEqualTo(1e9 + 10);
        assertThat(statistics.standardDeviation()).isCloseTo(Math.sqrt(22.5), within(1e-7));
    }

    @Test
    void ofNothingThereIsNoMean() {
        RunningStatistics none = new RunningStatistics();
        none.merge(new RunningStatistics());
        assertThat(none.count()).isZero();
        assertThat(none.mean()).isNaN();
        assertThat(none.standardDeviation()).isNaN();
    }

    @Test
    void cepstraOfAllBandsKeepTheEnergy() {
        float[] levels = ReferenceSignals.real("cepstra", 20 * 3);
        float[] cepstra = new float[20 * 3];
        Mfcc.of(20, 20).apply(levels, 3, cepstra);
        assertThat(energy(cepstra)).isCloseTo(energy(levels), within(1e-5));
    }

    private static double energy(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return sum;
    }

    @Test
    void wrongCepstraAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mfcc.of(20, 21))
                .withMessageContaining("21 is not in 1..the number of bands, 20");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mfcc.of(20, 13).apply(new float[40], 2, new float[25]))
                .withMessageContaining("40 and 25");
    }
}
