package io.heimdall.model.train;

/** The order in which an epoch sees the samples: a function of seed and epoch alone, so that a run can be resumed. Thread-safe. */
@FunctionalInterface
public interface EpochOrder {

    /** Any sample may follow any other. */
    EpochOrder WHOLE = Shuffle::order;

    /**
     * Returns the order of an epoch.
     *
     * @param size number of samples
     * @param seed of the run
     * @param epoch from 1
     * @return a permutation of {@code 0..size-1}, the caller's own
     */
    int[] of(int size, long seed, int epoch);
}
