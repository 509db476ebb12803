package io.heimdall.pipeline.data;

import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupBy;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings of a training's data: the choice of sessions, their split, and their input.
 *
 * @param filter which part of the approved sessions is wanted
 * @param splitBy the groups of the split; empty for sources, or for the groups that the data allows
 * @param folds of which each is judged by a member of an ensemble that has not seen it; empty for one training, validation and test
 *     side
 * @param seed of the split
 * @param layout the layout of a channel network's input
 * @param threads that make samples ahead of the trainer, at least 1
 * @param stream whether epochs read their spectrograms shard by shard
 */
public record DataSettings(
        SessionFilter filter,
        Optional<GroupBy> splitBy,
        OptionalInt folds,
        long seed,
        LayoutChoice layout,
        int threads,
        StreamChoice stream) {

    /** Checks the folds and the threads. */
    public DataSettings {
        Objects.requireNonNull(filter, "filter");
        folds.ifPresent(number -> new FoldRule(GroupBy.SOURCE, seed, number)); // refuses what is no number of folds
        if (threads < 1) {
            throw new IllegalArgumentException("threads " + threads + " is not at least 1");
        }
    }

    /** Makes settings that leave the reading of spectrograms to the amount of data. */
    public DataSettings(
            SessionFilter filter,
            Optional<GroupBy> splitBy,
            OptionalInt folds,
            long seed,
            LayoutChoice layout,
            int threads) {
        this(filter, splitBy, folds, seed, layout, threads, StreamChoice.AUTO);
    }

    /** Returns the defaults: all sessions, split by source, a channel per station, all processors. */
    public static DataSettings seeded(long seed) {
        return new DataSettings(
                SessionFilter.all(),
                Optional.empty(),
                OptionalInt.empty(),
                seed,
                LayoutChoice.STATIONS,
                Runtime.getRuntime().availableProcessors());
    }

    /** Returns these settings for another part of the sessions. */
    public DataSettings withFilter(SessionFilter wanted) {
        return new DataSettings(wanted, splitBy, folds, seed, layout, threads, stream);
    }

    /** Returns these settings with another number of threads. */
    public DataSettings withThreads(int number) {
        return new DataSettings(filter, splitBy, folds, seed, layout, number, stream);
    }

    /** Returns these settings for an ensemble. */
    public DataSettings withFolds(int number) {
        return withFolds(OptionalInt.of(number));
    }

    /** Returns these settings for an ensemble, or for a single network. */
    public DataSettings withFolds(OptionalInt number) {
        return new DataSettings(filter, splitBy, number, seed, layout, threads, stream);
    }

    /** Returns these settings for a single network. */
    public DataSettings withoutFolds() {
        return new DataSettings(filter, splitBy, OptionalInt.empty(), seed, layout, threads, stream);
    }

    /** Returns these settings with another group that never stands on two sides of the split. */
    public DataSettings withSplitBy(Optional<GroupBy> group) {
        return new DataSettings(filter, group, folds, seed, layout, threads, stream);
    }

    /** Returns these settings with another seed of the split. */
    public DataSettings withSeed(long newSeed) {
        return new DataSettings(filter, splitBy, folds, newSeed, layout, threads, stream);
    }

    /** Returns these settings with another layout. */
    public DataSettings withLayout(LayoutChoice choice) {
        return new DataSettings(filter, splitBy, folds, seed, choice, threads, stream);
    }

    /** Returns these settings with epochs that read their spectrograms otherwise. */
    public DataSettings withStream(StreamChoice choice) {
        return new DataSettings(filter, splitBy, folds, seed, layout, threads, choice);
    }
}
