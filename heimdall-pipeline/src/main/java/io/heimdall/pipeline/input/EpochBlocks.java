package io.heimdall.pipeline.input;

import io.heimdall.dataset.Measurement;
import io.heimdall.pipeline.input.Assembler.Spectrograms;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The blocks in which an epoch reads the spectrograms of its samples. Each has 4096 recordings or fewer: as many as a shard of the feature
 * store.
 *
 * @param blocks the number of each sample's block; read only
 * @param shards names of the shards that had each block's features when the blocks were made; empty where any shard may have them
 */
public record EpochBlocks(int[] blocks, List<List<String>> shards) {
    private static final int MOST_RECORDINGS = 4_096;

    /** Copies the lists. */
    public EpochBlocks {
        shards = shards.stream().map(List::copyOf).toList();
    }

    /**
     * Puts samples that lie in one shard into one block. A sample lies in the shard of its first recording, as the others do where the
     * features of a session were computed one after the other.
     *
     * @param spectrograms of the samples
     */
    static EpochBlocks ofShards(List<Observation> samples, Spectrograms spectrograms) {
        return ofShards(samples, spectrograms, MOST_RECORDINGS);
    }

    static EpochBlocks ofShards(List<Observation> samples, Spectrograms spectrograms, int mostRecordings) {
        List<String> homes = samples.parallelStream()
                .map(sample -> home(spectrograms.recordings().apply(sample), spectrograms))
                .toList();
        Map<String, List<Integer>> byShard = new TreeMap<>(); // by name: the order of a listing is that of the server
        for (int sample = 0; sample < homes.size(); sample++) {
            byShard.computeIfAbsent(homes.get(sample), any -> new ArrayList<>()).add(sample);
        }
        Packing packing = new Packing(samples, spectrograms, mostRecordings);
        byShard.forEach(packing::add);
        return packing.packed();
    }

    private static String home(List<Measurement> recordings, Spectrograms spectrograms) {
        return recordings.isEmpty()
                ? ""
                : spectrograms.features().shardOf(recordings.get(0)).orElse("");
    }

    /** Puts samples that follow each other into one block, for those that are read in their order. */
    static EpochBlocks inOrder(List<Observation> samples, Spectrograms spectrograms) {
        Packing packing = new Packing(samples, spectrograms, MOST_RECORDINGS);
        packing.add("", IntStream.range(0, samples.size()).boxed().toList());
        return packing.packed();
    }

    /** Fills one block after the other. */
    private static final class Packing {
        private final int[] recordings;
        private final int[] blocks;
        private final List<Set<String>> shards = new ArrayList<>();
        private final int most;
        private int filled;

        Packing(List<Observation> samples, Spectrograms spectrograms, int mostRecordings) {
            this.most = mostRecordings;
            this.filled = mostRecordings;
            this.recordings = samples.parallelStream()
                    .mapToInt(sample -> spectrograms.recordings().apply(sample).size())
                    .toArray();
            this.blocks = new int[recordings.length];
        }

        /** Adds the samples of a shard, which begins a block if it does not fit into the last one whole. */
        void add(String shard, List<Integer> samples) {
            if (filled + samples.stream().mapToInt(sample -> recordings[sample]).sum() > most) {
                begin();
            }
            for (int sample : samples) {
                boolean full = filled > 0 && filled + recordings[sample] > most;
                if (full || shards.isEmpty()) { // samples without a recording need a block, too
                    begin();
                }
                filled += recordings[sample];
                blocks[sample] = shards.size() - 1;
                if (!shard.isEmpty()) {
                    shards.get(shards.size() - 1).add(shard);
                }
            }
        }

        private void begin() {
            shards.add(new LinkedHashSet<>());
            filled = 0;
        }

        EpochBlocks packed() {
            return new EpochBlocks(blocks, shards.stream().map(List::copyOf).toList());
        }
    }
}
