package io.heimdall.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.features.spectrum.RunningStatistics;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SetVariationTest {
    private static final int STATIONS = 7;

    @Test
    void withoutAugmentationNothingIsVaried() {
        for (int seed = 0; seed < 50; seed++) {
            SetVariation variation = SetVariation.of(Augmentation.NONE, STATIONS, new SplittableRandom(seed));
            for (int i = 0; i < STATIONS; i++) {
                assertThat(variation.offsetDb(i)).isZero();
                assertThat(variation.present(i)).isTrue();
                assertThat(variation.unseen(i)).isFalse();
            }
        }
    }

    @Test
    void oneStationIsKeptAlwaysAndTheSharesAreAsTheyShouldBe() {
        RunningStatistics present = new RunningStatistics();
        RunningStatistics unseen = new RunningStatistics();
        for (int seed = 0; seed < 20_000; seed++) {
            SetVariation variation = SetVariation.of(Augmentation.DEFAULT, STATIONS, new SplittableRandom(seed));
            int kept = 0;
            for (int i = 0; i < STATIONS; i++) {
                kept += variation.present(i) ? 1 : 0;
                unseen.add(variation.unseen(i) ? 1 : 0);
            }
            assertThat(kept).isPositive();
            present.add(kept);
        }
        // 0.3 u are left out, u uniform, of the six that are not kept by all means.
        assertThat(present.mean()).isCloseTo(1 + 6 * 0.85, within(0.02));
        assertThat(unseen.mean()).isCloseTo(0.1, within(0.005));
    }

    @Test
    void offsetsHaveACommonPartHalfOfTheTimeAndAPartOfEachStation() {
        RunningStatistics offsets = new RunningStatistics();
        RunningStatistics differences = new RunningStatistics();
        Augmentation augmentation = new Augmentation(3, 2, Augmentation.DEFAULT.shapes());
        for (int seed = 0; seed < 20_000; seed++) {
            SetVariation variation = SetVariation.of(augmentation, 2, new SplittableRandom(seed));
            offsets.add(variation.offsetDb(0));
            differences.add(variation.offsetDb(0) - variation.offsetDb(1));
        }
        assertThat(offsets.mean()).isCloseTo(0, within(0.1));
        assertThat(offsets.standardDeviation()).isCloseTo(Math.sqrt(9 / 2.0 + 4), within(0.06));
        assertThat(differences.standardDeviation()).isCloseTo(Math.sqrt(8), within(0.06));
    }

    @Test
    void theSameSeedVariesAlike() {
        SetVariation one = SetVariation.of(Augmentation.DEFAULT, STATIONS, new SplittableRandom(9));
        SetVariation two = SetVariation.of(Augmentation.DEFAULT, STATIONS, new SplittableRandom(9));
        assertThat(one.offsetsDb()).isEqualTo(two.offsetsDb());
        assertThat(one.present()).isEqualTo(two.present());
    }
}
