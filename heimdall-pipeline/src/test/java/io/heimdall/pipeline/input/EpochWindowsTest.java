package io.heimdall.pipeline.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.model.train.BlockOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochWindowsTest {

    private static EpochBlocks blocks(int samples, int number) {
        Random random = new Random(samples);
        int[] blocks = IntStream.range(0, samples)
                .map(sample -> sample < number ? sample : random.nextInt(number))
                .toArray();
        List<List<String>> shards =
                IntStream.range(0, number).mapToObj(i -> List.of("shard-" + i)).toList();
        return new EpochBlocks(blocks, shards);
    }

    private static List<Integer> positions(EpochWindows windows) {
        List<Integer> all = new ArrayList<>();
        windows.parts().forEach(part -> IntStream.of(part.positions()).forEach(all::add));
        return all;
    }

    private static List<Integer> range(int end) {
        return IntStream.range(0, end).boxed().toList();
    }

    @Test
    void theWindowsOfAnOrderByBlocksAreFoundAgainAndEachBlockIsReadOnce() {
        EpochBlocks blocks = blocks(500, 30);
        for (int epoch = 1; epoch < 20; epoch++) {
            int[] order = new BlockOrder(blocks.blocks(), EpochWindows.BLOCKS).of(500, 9, epoch);
            EpochWindows windows = EpochWindows.of(order, blocks);
            assertThat(positions(windows)).containsExactlyInAnyOrderElementsOf(range(500));
            assertThat(windows.parts()).hasSize(30);
            Map<Integer, Integer> perWindow = new HashMap<>();
            int last = 0;
            for (EpochWindows.Part part : windows.parts()) {
                int block = blocks.blocks()[order[part.positions()[0]]];
                assertThat(part.shards()).containsExactly("shard-" + block);
                for (int position : part.positions()) {
                    assertThat(blocks.blocks()[order[position]]).isEqualTo(block);
                }
                assertThat(part.window()).isBetween(last, last + 1);
                last = part.window();
                perWindow.merge(part.window(), 1, Integer::sum);
            }
            assertThat(perWindow.values()).allMatch(n -> n <= EpochWindows.BLOCKS);
            assertThat(perWindow).hasSizeLessThanOrEqualTo(9);
        }
    }

    @Test
    void anOrderThatIsNotByBlocksIsCutIntoShortWindows() {
        EpochBlocks blocks = blocks(2000, 30);
        List<Integer> shuffled = new ArrayList<>(range(2000));
        Collections.shuffle(shuffled, new Random(4));
        int[] order = shuffled.stream().mapToInt(Integer::intValue).toArray();
        EpochWindows windows = EpochWindows.of(order, blocks);
        assertThat(positions(windows)).isEqualTo(range(2000));
        Set<Integer> numbers = new HashSet<>();
        for (EpochWindows.Part part : windows.parts()) {
            assertThat(part.positions().length).isLessThanOrEqualTo(256);
            assertThat(part.shards()).isEmpty();
            assertThat(numbers.add(part.window())).isTrue();
        }
    }

    @Test
    void aPartOfAnOrderHasItsWindowsToo() {
        EpochBlocks blocks = blocks(100, 10);
        int[] order = new BlockOrder(blocks.blocks(), EpochWindows.BLOCKS).of(100, 3, 1);
        int[] shorter = IntStream.of(order).limit(97).toArray();
        assertThat(positions(EpochWindows.of(shorter, blocks))).containsExactlyInAnyOrderElementsOf(range(97));
        assertThat(EpochWindows.of(new int[0], blocks).parts()).isEmpty();
    }
}
