package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DropoutMaskTest {

    @Test
    void outputsAreThoseOfTheJdksSplitMix64() {
        var random = new SplittableRandom(42);
        for (int i = 0; i < 100; i++) {
            assertThat(SplitMix64.output(42, i)).isEqualTo(random.nextLong());
        }
    }

    @Test
    void elementsAreDroppedWithTheProbabilityAndTheMeanIsKept() {
        int n = 100_000;
        for (double probability : new double[] {0.2, 0.3, 0.9}) {
            double[] factors = DropoutMask.factors(5, 0, n, probability);
            double deviation = Math.sqrt(probability * (1 - probability) / n);
            double dropped = Arrays.stream(factors).filter(f -> f == 0).count() / (double) n;
            assertThat(dropped).isCloseTo(probability, within(4 * deviation));
            assertThat(factors).containsOnly(0, 1 / (1 - probability));
        }
        assertThat(DropoutMask.factors(5, 0, n, 0)).containsOnly(1);
    }

    @Test
    void stepsAndLayersHaveMasksOfTheirOwn() {
        double[] mask = DropoutMask.factors(5, 0, 1000, 0.5);
        assertThat(DropoutMask.factors(5, 0, 1000, 0.5)).isEqualTo(mask);
        for (double[] other :
                new double[][] {DropoutMask.factors(5, 1, 1000, 0.5), DropoutMask.factors(6, 0, 1000, 0.5)}) {
            long same = java.util.stream.IntStream.range(0, 1000)
                    .filter(i -> other[i] == mask[i])
                    .count();
            assertThat(same).isBetween(400L, 600L);
        }
    }
}
