package io.heimdall.model.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.heimdall.model.metrics.GroupBootstrap.Statistic;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupBootstrapTest {
    /** The 95 % quantile of the standard normal distribution. */
    private static final double Z95 = 1.6449;

    private static double[] normal(int n, double mean, double sigma, long seed) {
        Random random = new Random(seed);
        return IntStream.range(0, n)
                .mapToDouble(i -> mean + sigma * random.nextGaussian())
                .toArray();
    }

    private static int[] each(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static Interval interval(int groups, Statistic statistic) {
        return Interval.ofReplicates(new GroupBootstrap(groups, 7).replicates(List.of(statistic))[0]);
    }

    @Test
    void intervalOfAMeanIsThatOfTheNormalApproximation() {
        double[] values = normal(900, 12, 3, 1);
        double mean = Arrays.stream(values).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());

        Interval found = interval(900, GroupedValues.of(values, each(900)).mean());

        double half = Z95 * deviation / Math.sqrt(900);
        assertThat((found.high() - found.low()) / 2).isCloseTo(half, withinPercentage(8));
        assertThat((found.high() + found.low()) / 2).isCloseTo(mean, within(0.15 * half));
    }

    /** The standard error of a median is {@code sqrt(pi / 2)} times that of a mean. */
    @Test
    void intervalOfAMedianIsThatOfLargeSamples() {
        double[] values = normal(3000, 0, 1, 2);

        Interval found = interval(3000, GroupedValues.of(values, each(3000)).quantile(0.5));

        assertThat((found.high() - found.low()) / 2)
                .isCloseTo(Z95 * Math.sqrt(Math.PI / 2 / 3000), withinPercentage(25));
    }

    /** In groups of 9 that err alike a mean is as unsure as one of a ninth of the values. */
    @Test
    void whatErrsAlikeTellsLess() {
        double[] ofGroups = normal(200, 5, 2, 3);
        double[] values = new double[1800];
        int[] groups = new int[1800];
        for (int i = 0; i < values.length; i++) {
            groups[i] = i % 200;
            values[i] = ofGroups[groups[i]];
        }

        Interval byGroup = interval(200, GroupedValues.of(values, groups).mean());
        Interval bySession = interval(1800, GroupedValues.of(values, each(1800)).mean());

        assertThat((byGroup.high() - byGroup.low()) / (bySession.high() - bySession.low()))
                .isCloseTo(3, withinPercentage(12));
    }

    /** Two methods whose errors go up and down together: their difference is sure, though neither mean is. */
    @Test
    void statisticsOfOneCallSeeTheSameResamples() {
        double[] one = normal(100, 10, 5, 4);
        double[] other = Arrays.stream(one).map(v -> v + 0.1).toArray();
        int[] groups = each(100);

        double[][] found = new GroupBootstrap(100, 5)
                .replicates(List.of(
                        GroupedValues.of(one, groups).mean(),
                        GroupedValues.of(other, groups).mean()));

        for (int i = 0; i < GroupBootstrap.RESAMPLES; i++) {
            assertThat(found[1][i] - found[0][i]).isCloseTo(0.1, within(1e-9));
        }
    }

    @Test
    void statisticsAreThoseOfTheRepeatedValues() {
        double[] values = normal(23, 3, 10, 6);
        int[] groups = IntStream.range(0, 23).map(i -> i * i % 5).toArray(); // no value is of group 2 or 3
        Random random = new Random(8);
        for (int trial = 0; trial < 200; trial++) {
            int[] counts = IntStream.range(0, 5).map(i -> random.nextInt(3)).toArray();
            double[] repeated = IntStream.range(0, 23)
                    .flatMap(i -> IntStream.generate(() -> i).limit(counts[groups[i]]))
                    .mapToDouble(i -> values[i])
                    .toArray();
            if (repeated.length == 0) {
                continue;
            }
            GroupedValues grouped = GroupedValues.of(values, groups);
            assertThat(grouped.mean().of(counts))
                    .isCloseTo(Arrays.stream(repeated).average().orElseThrow(), within(1e-9));
            assertThat(grouped.rootMeanSquare().of(counts))
                    .isCloseTo(ErrorQuantiles.of(repeated).rmse(), within(1e-9));
            for (double p : new double[] {0, 0.05, 0.31, 0.5, 0.9, 0.95, 1}) {
                assertThat(grouped.quantile(p).of(counts))
                        .as("%s of %s", p, Arrays.toString(counts))
                        .isCloseTo(Quantiles.of(repeated, p), within(1e-9));
            }
        }
    }

    @Test
    void theSameSeedDrawsTheSame() {
        Statistic mean = GroupedValues.of(normal(40, 0, 1, 9), each(40)).mean();

        double[] first = new GroupBootstrap(40, 11).replicates(List.of(mean))[0];

        assertThat(new GroupBootstrap(40, 11).replicates(List.of(mean))[0]).isEqualTo(first);
        assertThat(new GroupBootstrap(40, 12).replicates(List.of(mean))[0]).isNotEqualTo(first);
    }

    @Test
    void eachResampleHasAsManyGroupsAsThereAre() {
        double[] sizes = new GroupBootstrap(17, 1)
                .replicates(List.of(counts -> Arrays.stream(counts).sum()))[0];

        assertThat(sizes).hasSize(GroupBootstrap.RESAMPLES).containsOnly(17);
    }

    @Test
    void nothingToDrawFromIsRefused() {
        assertThatThrownBy(() -> new GroupBootstrap(0, 1)).hasMessageContaining("0 groups");
        assertThatThrownBy(() -> GroupedValues.of(new double[3], new int[2])).hasMessageContaining("3 values of 2");
    }
}
