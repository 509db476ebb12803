package io.heimdall.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockOrderTest {

    /** Blocks of one sample or some, which lie anywhere. */
    private static int[] blocks(Random random, int samples) {
        int number = 1 + random.nextInt(1 + samples / 3);
        return IntStream.range(0, samples)
                .map(sample -> sample < number ? sample : random.nextInt(number))
                .toArray();
    }

    @Test
    void anEpochSeesEachSampleOnce() {
        Random random = new Random(1);
        for (int trial = 0; trial < 300; trial++) {
            int samples = 3 + random.nextInt(60);
            int[] order = new BlockOrder(blocks(random, samples), 1 + random.nextInt(5)).of(samples, trial, 1);
            assertThat(IntStream.of(order).sorted().toArray())
                    .isEqualTo(IntStream.range(0, samples).toArray());
        }
    }

    @Test
    void aWindowMixesSomeBlocksAndNoBlockComesBack() {
        Random random = new Random(2);
        for (int trial = 0; trial < 100; trial++) {
            int[] blocks = blocks(random, 100);
            int perWindow = 1 + random.nextInt(4);
            int[] order = new BlockOrder(blocks, perWindow).of(100, trial, 3);
            int number = (int) IntStream.of(blocks).distinct().count();
            Set<Integer> over = new HashSet<>();
            int from = 0;
            int windows = 0;
            while (from < 100) {
                Set<Integer> window = new HashSet<>();
                int end = from;
                while (end < 100 && (window.contains(blocks[order[end]]) || window.size() < perWindow)) {
                    window.add(blocks[order[end++]]);
                }
                assertThat(window).noneMatch(over::contains);
                over.addAll(window);
                windows++;
                from = end;
            }
            assertThat(windows).isEqualTo((number + perWindow - 1) / perWindow);
        }
    }

    @Test
    void theOrderIsAFunctionOfSeedAndEpoch() {
        int[] blocks = blocks(new Random(3), 200);
        BlockOrder order = new BlockOrder(blocks, 4);
        assertThat(order.of(200, 7, 2)).isEqualTo(new BlockOrder(blocks.clone(), 4).of(200, 7, 2));
        assertThat(order.of(200, 7, 2)).isNotEqualTo(order.of(200, 7, 3)).isNotEqualTo(order.of(200, 8, 2));
        // As another process computed it: a run that goes on elsewhere or later has the same.
        assertThat(new BlockOrder(new int[] {0, 1, 2, 0, 1, 2, 0, 1, 2, 3}, 2).of(10, 7, 2))
                .containsExactly(4, 7, 9, 1, 2, 5, 3, 8, 6, 0);
    }

    @Test
    void oneWindowForAllIsAShuffleOfAll() {
        int[] order = new BlockOrder(new int[1000], 1).of(1000, 5, 1);
        int still = 0;
        for (int i = 0; i < 1000; i++) {
            still += order[i] == i ? 1 : 0;
        }
        assertThat(still).isLessThan(10);
    }

    @Test
    void refusesWhatIsNoBlock() {
        assertThatThrownBy(() -> new BlockOrder(new int[] {0, -1}, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("block -1 is below 0");
        assertThatThrownBy(() -> new BlockOrder(new int[1], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a window of 0 blocks");
        assertThatThrownBy(() -> new BlockOrder(new int[3], 2).of(4, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there are 4 samples, and blocks of 3");
    }
}
