package io.heimdall.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
    private static final int MELS = 5;
    private static final int FRAMES = 7;
    private static final boolean[] PRESENT = {true, false, true};

    private static float[] sample() {
        float[] sample = new float[PRESENT.length * MELS * FRAMES];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = i;
        }
        return sample;
    }

    private static float[] augmented(Augmentation augmentation, long seed) {
        float[] sample = sample();
        augmentation.apply(sample, PRESENT, MELS, FRAMES, seed);
        return sample;
    }

    @Test
    void noneLeavesEveryBit() {
        assertThat(augmented(Augmentation.NONE, 1)).isEqualTo(sample());
    }

    @Test
    void theSameSeedDrawsTheSameAndAnotherAnother() {
        assertThat(augmented(Augmentation.DEFAULT, 1)).isEqualTo(augmented(Augmentation.DEFAULT, 1));
        assertThat(augmented(Augmentation.DEFAULT, 1)).isNotEqualTo(augmented(Augmentation.DEFAULT, 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void shapesMoveValuesWithinTheirStationAndAlikeInAll(long seed) {
        float[] changed = augmented(new Augmentation(0, 0, true), seed);

        int size = MELS * FRAMES;
        for (int c = 0; c < PRESENT.length; c++) {
            float[] before = Arrays.copyOfRange(sample(), c * size, (c + 1) * size);
            float[] after = Arrays.copyOfRange(changed, c * size, (c + 1) * size);
            if (!PRESENT[c]) {
                assertThat(after).isEqualTo(before);
            }
            Arrays.sort(after);
            assertThat(after).isEqualTo(before);
        }
        for (int i = 0; i < size; i++) { // the third station is the first, 2 * size higher, in all places
            assertThat(changed[2 * size + i] - changed[i]).isEqualTo(2f * size);
        }
        for (int m = 0; m < MELS; m++) { // a row stays a row
            float[] row = Arrays.copyOfRange(changed, m * FRAMES, (m + 1) * FRAMES);
            assertThat(IntStream.range(0, FRAMES)
                            .map(t -> (int) row[t] / FRAMES)
                            .distinct()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void offsetsHaveTheirDeviations() {
        int draws = 4000;
        double[] common = new double[draws];
        double[] between = new double[draws];
        for (int i = 0; i < draws; i++) {
            float[] changed = augmented(new Augmentation(3, 2, false), i);
            common[i] = changed[0];
            between[i] = changed[2 * MELS * FRAMES] - changed[0] - 2.0 * MELS * FRAMES;
        }

        assertThat(deviation(common)).isCloseTo(Math.sqrt(9 + 4), within(0.2));
        assertThat(deviation(between)).isCloseTo(Math.sqrt(4 + 4), within(0.2));
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    @Test
    void deviationsBelowZeroAreRefused() {
        assertThatThrownBy(() -> new Augmentation(-1, 0, false)).hasMessageContaining("-1.0");
    }
}
