package io.heimdall.model.metrics;

import io.heimdall.model.metrics.GroupBootstrap.Statistic;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Values with the group of each, from which a {@link GroupBootstrap} computes its statistics. */
public final class GroupedValues {
    /** In ascending order, so that quantiles need no sorting. */
    private final double[] values;

    /** The group of each value. */
    private final int[] groups;

    private GroupedValues(double[] values, int[] groups) {
        this.values = values;
        this.groups = groups;
    }

    /**
     * Takes numbers and their groups.
     *
     * @param values at least one
     * @param groups from 0, as many as values
     */
    public static GroupedValues of(double[] values, int[] groups) {
        if (values.length == 0 || values.length != groups.length) {
            throw new IllegalArgumentException(values.length + " values of " + groups.length
                    + " groups: one group for each of at least one value");
        }
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        return new GroupedValues(
                Arrays.stream(order).mapToDouble(i -> values[i]).toArray(),
                Arrays.stream(order).map(i -> groups[i]).toArray());
    }

    /** Returns the mean. */
    public Statistic mean() {
        return ratio(values);
    }

    /** Returns the root mean square. */
    public Statistic rootMeanSquare() {
        Statistic meanSquare = ratio(Arrays.stream(values).map(v -> v * v).toArray());
        return counts -> Math.sqrt(meanSquare.of(counts));
    }

    /** The mean over a resample, from each group's sum and size. */
    private Statistic ratio(double[] numbers) {
        int last = Arrays.stream(groups).max().orElseThrow();
        double[] sums = new double[last + 1];
        int[] sizes = new int[last + 1];
        for (int i = 0; i < numbers.length; i++) {
            sums[groups[i]] += numbers[i];
            sizes[groups[i]]++;
        }
        return counts -> {
            double sum = 0;
            long size = 0;
            for (int group = 0; group < sums.length; group++) {
                if (counts[group] > 0) {
                    sum += counts[group] * sums[group];
                    size += (long) counts[group] * sizes[group];
                }
            }
            return sum / size;
        };
    }

    /** Returns the quantile that {@link Quantiles#of} gives of all values of a resample, repeated as often as they are in it. */
    public Statistic quantile(double probability) {
        return counts -> {
            long size = 0;
            for (int group : groups) {
                size += counts[group];
            }
            if (size == 0) {
                return Double.NaN;
            }
            double at = probability * (size - 1);
            long below = (long) at;
            long passed = 0;
            int i = 0;
            while (i < values.length - 1 && passed + counts[groups[i]] <= below) {
                passed += counts[groups[i++]];
            }
            double from = values[i];
            if (passed + counts[groups[i]] > below + 1 || at == below) {
                return from;
            }
            int next = i + 1;
            while (next < values.length && counts[groups[next]] == 0) {
                next++;
            }
            return next == values.length ? from : from + (at - below) * (values[next] - from);
        };
    }
}
