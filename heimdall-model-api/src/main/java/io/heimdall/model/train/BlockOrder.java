package io.heimdall.model.train;

import java.util.Arrays;
import java.util.Random;

/**
 * An order for samples that are read in blocks: the blocks are shuffled, then the samples of each window of some blocks. So a few
 * blocks are enough in memory.
 *
 * @param blocks the number of each sample's block, {@code 0..n-1}; read only
 * @param perWindow blocks whose samples are mixed, at least 1
 */
public record BlockOrder(int[] blocks, int perWindow) implements EpochOrder {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a window has no block, or a block has a negative number
     */
    public BlockOrder {
        if (perWindow < 1) {
            throw new IllegalArgumentException("a window of " + perWindow + " blocks has not at least 1");
        }
        for (int block : blocks) {
            if (block < 0) {
                throw new IllegalArgumentException("block " + block + " is below 0");
            }
        }
    }

    @Override
    public int[] of(int size, long seed, int epoch) {
        if (size != blocks.length) {
            throw new IllegalArgumentException("there are " + size + " samples, and blocks of " + blocks.length);
        }
        int[] starts = starts();
        int[] sorted = sorted(starts);
        Random random = new Random(Shuffle.epochSeed(seed, epoch));
        int[] shuffled = Shuffle.identity(starts.length - 1);
        Shuffle.shuffle(shuffled, 0, shuffled.length, random);
        int[] order = new int[size];
        int end = 0;
        int begun = 0;
        for (int i = 0; i < shuffled.length; i++) {
            int length = starts[shuffled[i] + 1] - starts[shuffled[i]];
            System.arraycopy(sorted, starts[shuffled[i]], order, end, length);
            end += length;
            if ((i + 1) % perWindow == 0 || i == shuffled.length - 1) {
                Shuffle.shuffle(order, begun, end, random);
                begun = end;
            }
        }
        return order;
    }

    /** Returns where each block begins among the samples sorted by block, and where the last one ends. */
    private int[] starts() {
        int[] starts = new int[Arrays.stream(blocks).max().orElse(-1) + 2];
        for (int block : blocks) {
            starts[block + 1]++;
        }
        Arrays.parallelPrefix(starts, Integer::sum);
        return starts;
    }

    private int[] sorted(int[] starts) {
        int[] next = starts.clone();
        int[] sorted = new int[blocks.length];
        for (int sample = 0; sample < blocks.length; sample++) {
            sorted[next[blocks[sample]]++] = sample;
        }
        return sorted;
    }
}
