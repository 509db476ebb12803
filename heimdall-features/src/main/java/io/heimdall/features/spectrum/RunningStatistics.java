package io.heimdall.features.spectrum;

import java.io.Serializable;

/**
 * Mean and standard deviation of a stream of values, in one pass and mergeable.
 *
 * <p>Welford's recurrence, which does not lose the digits that a sum of squares loses; two parts are merged by Chan's
 * formula. Not thread-safe: each thread keeps its own, and they are merged at the end. It may be sent to another process.
 *
 * @see <a href="https://doi.org/10.1080/00401706.1962.10490022">Welford, 1962</a>
 * @see <a href="https://doi.org/10.1080/00031305.1983.10483115">Chan, Golub and LeVeque, 1983</a>
 */
public final class RunningStatistics implements Serializable {
    private long count;
    private double mean;
    /** Sum of the squared distances from the mean. */
    private double squares;

    /** Adds a value. */
    public void add(double value) {
        count++;
        double distance = value - mean;
        mean += distance / count;
        squares += distance * (value - mean);
    }

    /**
     * Adds some values of an array.
     *
     * @param from the first index
     * @param to one more than the last index
     */
    public void add(float[] values, int from, int to) {
        for (int i = from; i < to; i++) {
            add(values[i]);
        }
    }

    /** Adds all that another one has seen; that one stays as it is. */
    public void merge(RunningStatistics other) {
        if (other.count == 0) {
            return;
        }
        long total = count + other.count;
        double distance = other.mean - mean;
        double share = (double) other.count / total;
        squares += other.squares + distance * distance * count * share;
        mean += distance * share;
        count = total;
    }

    /** Returns how many values were added. */
    public long count() {
        return count;
    }

    /** Returns the mean, NaN of no values. */
    public double mean() {
        return count == 0 ? Double.NaN : mean;
    }

    /** Returns the standard deviation of the values themselves (divided by their number), NaN of no values. */
    public double standardDeviation() {
        return count == 0 ? Double.NaN : Math.sqrt(squares / count);
    }
}
