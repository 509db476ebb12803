package io.heimdall.pipeline.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The windows of an epoch: stretches of its order whose samples are in memory together, cut where no block of one is needed in
 * the next. They follow from order and blocks, whatever made the order.
 *
 * @param parts the samples of one window and block each, in the order in which they are needed
 */
record EpochWindows(List<Part> parts) {

    /** How many blocks are mixed. */
    static final int BLOCKS = 4;

    /** In an order that comes back to its blocks all the time, so many samples are read at once, from wherever they are. */
    private static final int STRAY_SAMPLES = 256;

    /**
     * Samples that are read together.
     *
     * @param window from 0
     * @param positions in the order
     * @param shards that are looked into first
     */
    record Part(int window, int[] positions, List<String> shards) {}

    /** A stretch of the order after which none of its blocks is needed again. */
    private record Stretch(int from, int end, int blocks) {}

    static EpochWindows of(int[] order, EpochBlocks blocks) {
        List<Part> parts = new ArrayList<>();
        int window = 0;
        int mixed = 0;
        int from = 0;
        for (Stretch stretch : stretches(order, blocks)) {
            if (mixed > 0 && mixed + stretch.blocks() > BLOCKS) {
                byBlock(window++, from, stretch.from(), order, blocks, parts);
                mixed = 0;
            }
            if (stretch.blocks() > BLOCKS) {
                for (int at = stretch.from(); at < stretch.end(); at += STRAY_SAMPLES) {
                    int end = Math.min(stretch.end(), at + STRAY_SAMPLES);
                    parts.add(new Part(window++, range(at, end), List.of()));
                }
                from = stretch.end();
            } else {
                from = mixed == 0 ? stretch.from() : from;
                mixed += stretch.blocks();
            }
        }
        if (mixed > 0) {
            byBlock(window, from, order.length, order, blocks, parts);
        }
        return new EpochWindows(parts);
    }

    private static List<Stretch> stretches(int[] order, EpochBlocks blocks) {
        int[] last = new int[blocks.shards().size()];
        int[] first = new int[last.length];
        Arrays.fill(first, -1);
        for (int i = 0; i < order.length; i++) {
            int block = blocks.blocks()[order[i]];
            last[block] = i;
            first[block] = first[block] < 0 ? i : first[block];
        }
        List<Stretch> stretches = new ArrayList<>();
        int from = 0;
        int reach = 0;
        int count = 0;
        for (int i = 0; i < order.length; i++) {
            int block = blocks.blocks()[order[i]];
            reach = Math.max(reach, last[block]);
            count += first[block] == i ? 1 : 0;
            if (reach == i) {
                stretches.add(new Stretch(from, i + 1, count));
                from = i + 1;
                count = 0;
            }
        }
        return stretches;
    }

    private static void byBlock(int window, int from, int end, int[] order, EpochBlocks blocks, List<Part> parts) {
        Map<Integer, List<Integer>> byBlock = new LinkedHashMap<>();
        for (int i = from; i < end; i++) {
            byBlock.computeIfAbsent(blocks.blocks()[order[i]], any -> new ArrayList<>())
                    .add(i);
        }
        byBlock.forEach((block, positions) -> parts.add(new Part(
                window,
                positions.stream().mapToInt(Integer::intValue).toArray(),
                blocks.shards().get(block))));
    }

    private static int[] range(int from, int end) {
        int[] positions = new int[end - from];
        Arrays.setAll(positions, i -> from + i);
        return positions;
    }
}
