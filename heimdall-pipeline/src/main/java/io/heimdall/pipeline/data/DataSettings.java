package io.heimdall.pipeline.data;

import io.heimdall.dataset.split.GroupBy;
import java.util.Objects;
import java.util.Optional;

/**
 * How sessions become training data.
 *
 * @param splitBy what never stands on two sides of the split; empty for sources, or what the data allows
 * @param seed of the split
 * @param layout what the network sees at once
 * @param threads that make samples ahead of the trainer, at least 1
 * @param quality of the recordings that are learned from
 */
public record DataSettings(
        Optional<GroupBy> splitBy, long seed, LayoutChoice layout, int threads, QualityLimits quality) {

    /** Checks the threads. */
    public DataSettings {
        Objects.requireNonNull(quality, "quality");
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not at least 1");
        }
    }

    /** Settings by which every recording is good enough. */
    public DataSettings(Optional<GroupBy> splitBy, long seed, LayoutChoice layout, int threads) {
        this(splitBy, seed, layout, threads, QualityLimits.NONE);
    }

    /** Returns the defaults: split by source, a channel per station, all processors. */
    public static DataSettings seeded(long seed) {
        return new DataSettings(
                Optional.empty(),
                seed,
                LayoutChoice.STATIONS,
                Runtime.getRuntime().availableProcessors());
    }
}
