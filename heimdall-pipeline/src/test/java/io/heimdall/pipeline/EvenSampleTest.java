package io.heimdall.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvenSampleTest {
    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void spreadsAsManyAsAreWantedOverTheList() {
        assertThat(EvenSample.of(numbers(10), 4)).containsExactly(0, 2, 5, 7);
        for (int size = 0; size < 40; size++) {
            for (int most = 0; most < 40; most++) {
                List<Integer> some = EvenSample.of(numbers(size), most);
                assertThat(some)
                        .hasSize(Math.min(size, most))
                        .doesNotHaveDuplicates()
                        .isSorted();
            }
        }
    }

    @Test
    void everyNthKeepsTheFirstAndOneDistance() {
        assertThat(EvenSample.everyNth(numbers(10), 4)).containsExactly(0, 3, 6, 9);
        assertThat(EvenSample.everyNth(numbers(4), 4)).containsExactly(0, 1, 2, 3);
        assertThat(EvenSample.everyNth(numbers(5), 4)).containsExactly(0, 2, 4);
        assertThat(EvenSample.everyNth(numbers(0), 4)).isEmpty();
    }
}
