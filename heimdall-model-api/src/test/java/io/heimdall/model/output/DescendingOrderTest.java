package io.heimdall.model.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DescendingOrderTest {
    @Test
    void theOrderIsThatOfAComparisonSort() {
        Random random = new Random(1);
        for (int count : new int[] {0, 1, 2, 3, 17, 1000, 4608}) {
            double[] numbers = random.doubles(count, -1, 1)
                    .map(number -> Math.rint(number * 500) * Math.pow(10, random.nextInt(60) - 30))
                    .toArray();
            Integer[] expected = IntStream.range(0, count)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer i) -> (float) -numbers[i] + 0.0f))
                    .toArray(Integer[]::new);
            double[] withoutNegativeZero =
                    java.util.Arrays.stream(numbers).map(n -> n == 0 ? -0.0 : n).toArray();
            assertThat(DescendingOrder.of(withoutNegativeZero))
                    .as("%d numbers", count)
                    .containsExactly(
                            IntStream.range(0, count).map(i -> expected[i]).toArray());
        }
    }

    @Test
    void infiniteNumbersAreAtTheEnds() {
        assertThat(DescendingOrder.of(
                        new double[] {0.5, Double.NEGATIVE_INFINITY, -3, Double.POSITIVE_INFINITY, Double.NaN, 1e-300, 7
                        }))
                .containsExactly(3, 6, 0, 5, 2, 1, 4);
    }
}
