package io.heimdall.features.delay;

/**
 * How long segments are, in samples of the first recording.
 *
 * @param samples the longest stretch that both have
 * @param rateHz of the first recording
 * @param delay the largest delay, seconds
 * @param offsetHz the largest frequency offset
 */
record SegmentLengths(long samples, double rateHz, double delay, double offsetHz) {
    private static final int SHORTEST = 64;

    /** Longer segments cost time and tell no more, but of signals that fill a few lines only. */
    private static final int USUAL = 4096;

    /** Segments get as short as this where offsets are large, so that these are looked at together. */
    private static final int SHORT = 512;

    private static final int LONGEST = 1 << 16;

    /** Of half overlapping segments there are so many at least, and more where there is time. */
    private static final int LEAST = 16;

    private static final int MANY = 128;

    /** All delays are looked at together while they fit a quarter of a segment of this length, else in strips. */
    private static final int LONGEST_TOGETHER = 1 << 14;

    static SegmentLengths of(Pair pair, Alignment start) {
        long samples = pair.middle(start, Long.MAX_VALUE)
                .map(stretch -> stretch.end() - stretch.first())
                .orElse(0L);
        return new SegmentLengths(
                samples, pair.rateHz(), pair.range().delay(), pair.range().offsetHz());
    }

    double seconds() {
        return samples / rateHz;
    }

    /** Returns how much time is needed. */
    double neededSeconds() {
        return (LEAST + 1) * SHORTEST / 2 / rateHz;
    }

    boolean none() {
        return seconds() < neededSeconds();
    }

    /** Returns the length of the segments in which the peak is looked for. */
    int toFind(int zoom) {
        int size = toMeasure(1);
        while (size < LONGEST_TOGETHER && size < 4 * lags()) {
            size *= 2;
        }
        while (size > SHORT && size / 2 >= 4 * lags() && rateHz / size < 2 * offsetHz) {
            size /= 2;
        }
        return limited((long) size * zoom);
    }

    private double lags() {
        return delay * rateHz + 1;
    }

    /** Returns the length of the segments over which the delay is measured. */
    int toMeasure(int zoom) {
        int size = SHORTEST;
        while (size < USUAL && samples / size > MANY) {
            size *= 2;
        }
        return limited((long) size * zoom);
    }

    /** Returns how many segments of either recording are transformed, roughly. */
    long segments(int zoom) {
        return 4 * samples / toMeasure(zoom);
    }

    boolean canGrow(int zoom) {
        return toMeasure(zoom) > toMeasure(zoom / 2);
    }

    private int limited(long wished) {
        int size = (int) Math.min(LONGEST, wished);
        while (size > SHORTEST && samples < (LEAST + 1L) * size / 2) {
            size /= 2;
        }
        return size;
    }
}
