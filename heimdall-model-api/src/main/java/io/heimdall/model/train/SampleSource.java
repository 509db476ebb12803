package io.heimdall.model.train;

/** A numbered set of samples that can be read in any order, in batches. */
public interface SampleSource {

    /** Returns the number of samples. */
    int size();

    /**
     * Starts reading.
     *
     * @param order numbers of the samples to read, each in {@code 0..size()-1}; not written to
     * @param batchSize rows of every batch but the last, which has the rest
     * @param seed of whatever the source draws at random (augmentation); the same seed draws the same
     */
    BatchCursor open(int[] order, int batchSize, long seed);

    /** Returns the order in which a training sees the samples; any, unless they are read in blocks. */
    default EpochOrder order() {
        return EpochOrder.WHOLE;
    }

    /** Returns text that is the same for the same samples only; a run is resumed on the very data it began with. */
    default String fingerprint() {
        return size() + " samples";
    }
}
