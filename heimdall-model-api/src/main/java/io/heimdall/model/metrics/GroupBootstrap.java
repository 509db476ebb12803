package io.heimdall.model.metrics;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Draws whole groups with replacement, as many as there are, {@value #RESAMPLES} times, and computes numbers of each resample.
 *
 * <p>Errors of sessions of one transmitter, place or day are correlated. A resample of single sessions treats them as
 * independent, and its intervals are too narrow; resampling groups preserves the correlation. All statistics of a call
 * use the same resamples, so that two methods are compared on the same sessions each time.
 *
 * @param groups how many there are, 1 or more
 * @param seed the same one draws the same resamples
 * @see <a href="https://doi.org/10.1111/j.1467-9868.2007.00593.x">Field and Welsh, Bootstrapping clustered data, 2007</a>
 */
public record GroupBootstrap(int groups, long seed) {
    /** How many resamples are drawn. */
    public static final int RESAMPLES = 2000;

    /** Checks the number of groups. */
    public GroupBootstrap {
        if (groups < 1) {
            throw new IllegalArgumentException(groups + " groups: a resample is drawn from 1 or more");
        }
    }

    /** A number of a resample. Called by several threads. */
    @FunctionalInterface
    public interface Statistic {
        /**
         * Returns the number.
         *
         * @param counts how often each group is in the resample; read only
         */
        double of(int[] counts);
    }

    /**
     * Computes statistics of the resamples.
     *
     * @return one row per statistic, one column per resample
     */
    public double[][] replicates(List<? extends Statistic> statistics) {
        double[][] replicates = new double[statistics.size()][RESAMPLES];
        long[] seeds = new SplittableRandom(seed).longs(RESAMPLES).toArray();
        IntStream.range(0, RESAMPLES).parallel().forEach(resample -> {
            int[] counts = counts(new SplittableRandom(seeds[resample]));
            for (int i = 0; i < replicates.length; i++) {
                replicates[i][resample] = statistics.get(i).of(counts);
            }
        });
        return replicates;
    }

    private int[] counts(SplittableRandom random) {
        int[] counts = new int[groups];
        for (int i = 0; i < groups; i++) {
            counts[random.nextInt(groups)]++;
        }
        return counts;
    }
}
