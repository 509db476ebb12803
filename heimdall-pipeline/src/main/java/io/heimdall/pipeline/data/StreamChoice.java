package io.heimdall.pipeline.data;

/** Whether an epoch reads its spectrograms shard by shard, so that few of them are in memory. */
public enum StreamChoice {
    /** Where the features of the training side have 4 GiB or more: a limit of the data, not of the machine. */
    AUTO,
    /** In any case. */
    ON,
    /** Never. */
    OFF;

    private static final long LEAST_BYTES = 4L << 30;

    /**
     * Returns whether epochs are streamed.
     *
     * @param recordings that they read
     * @param size features of each
     */
    public boolean streams(long recordings, int size) {
        return this == ON || (this == AUTO && recordings * size * Float.BYTES >= LEAST_BYTES);
    }
}
