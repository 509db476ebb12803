package io.heimdall.pipeline.data;

import io.heimdall.dataset.split.GroupBy;
import java.util.Optional;

/**
 * How sessions become training data.
 *
 * @param splitBy what never stands on two sides of the split; empty for sources, or what the data allows
 * @param seed of the split
 * @param layout what the network sees at once
 * @param threads that make samples ahead of the trainer, at least 1
 */
public record DataSettings(Optional<GroupBy> splitBy, long seed, LayoutChoice layout, int threads) {

    /** Checks the threads. */
    public DataSettings {
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not at least 1");
        }
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
