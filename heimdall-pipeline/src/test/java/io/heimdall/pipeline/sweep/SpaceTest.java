package io.heimdall.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceTest {
    private static Dimension.Interval interval(double min, double max, boolean log, double step, boolean whole) {
        return new Dimension.Interval(min, max, log, step, whole);
    }

    /** What makes Sobol's points better than draws: each of 2^m parts of each dimension has one of the first 2^m. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7})
    void sobolPointsAreEvenInEveryDimensionWhateverTheSeed(long seed) {
        for (int d = 0; d < 5; d++) {
            int dimension = d;
            int[] parts = IntStream.range(0, 64)
                    .map(i -> (int) (64 * Choice.SOBOL.point(seed, i, 5)[dimension]))
                    .sorted()
                    .toArray();
            assertThat(parts).isEqualTo(IntStream.range(0, 64).toArray());
        }
    }

    @Test
    void randomPointsAreUniform() {
        double[] draws = IntStream.range(0, 2000)
                .mapToDouble(i -> Choice.RANDOM.point(5, i, 2)[1])
                .toArray();
        double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new UniformRealDistribution(), draws);
        assertThat(p).isGreaterThan(0.01);
    }

    @ParameterizedTest
    @EnumSource(Choice.class)
    void proposalsAreAFunctionOfTheSeedAndMoreBeginWithTheSame(Choice choice) {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        dimensions.put("learning_rate", interval(1e-4, 1e-1, true, 0, false));
        dimensions.put("batch_size", new Dimension.Values(List.of(16, 32, 64)));
        Space space = new Space(dimensions);

        List<Map<String, Object>> some = space.proposals(choice, 9, 12);

        assertThat(space.proposals(choice, 9, 30).subList(0, 12)).isEqualTo(some);
        assertThat(space.proposals(choice, 10, 12)).isNotEqualTo(some);
        assertThat(some).doesNotHaveDuplicates().allSatisfy(values -> {
            assertThat((double) values.get("learning_rate")).isBetween(1e-4, 1e-1);
            assertThat(values.get("batch_size")).isIn(16, 32, 64);
        });
    }

    @Test
    void aSpaceOfFewCombinationsProposesEachOnce() {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        dimensions.put("a", new Dimension.Values(List.of("x", "y")));
        dimensions.put("b", interval(1, 3, false, 0, true));
        assertThat(new Space(dimensions).proposals(Choice.SOBOL, 1, 50))
                .hasSize(6)
                .doesNotHaveDuplicates();
    }

    @Test
    void intervalsKeepTheirScaleStepAndEnds() {
        assertThat(values(interval(1e-4, 1e-2, true, 0, false), 0, 0.5, 0.999999))
                .containsExactly(1e-4, 1e-3, 1e-2);
        assertThat(values(interval(0, 1, false, 0, false), 0, 0.25)).containsExactly(0.0, 0.25);
        assertThat(values(interval(0, 0.3, false, 0.1, false), 0, 0.26, 0.51, 0.99))
                .containsExactly(0.0, 0.1, 0.2, 0.3);
        assertThat(values(interval(2, 8, false, 3, true), 0, 0.5, 0.99)).containsExactly(2L, 5L, 8L);
        assertThat(values(interval(1, 2, false, 0, true), 0.49, 0.51)).containsExactly(1L, 2L);
        assertThat(values(interval(1, 100, true, 0, true), 0, 0.5, 0.9999)).containsExactly(1L, 10L, 100L);
    }

    private static List<Object> values(Dimension dimension, double... points) {
        return Arrays.stream(points).mapToObj(dimension::at).toList();
    }

    @Test
    void refusesWhatIsNoInterval() {
        assertThatThrownBy(() -> interval(2, 1, false, 0, false)).hasMessageContaining("min 2 is not below max 1");
        assertThatThrownBy(() -> interval(0, 1, true, 0, false)).hasMessageContaining("log needs");
        assertThatThrownBy(() -> interval(1, 2, true, 1, false)).hasMessageContaining("exclude each other");
        assertThatThrownBy(() -> interval(1, 2, false, 5, false)).hasMessageContaining("step 5");
        assertThatThrownBy(() -> interval(1, 2, false, 0.5, true)).hasMessageContaining("is not whole");
        assertThatThrownBy(() -> new Dimension.Values(List.of())).hasMessageContaining("empty");
        assertThatThrownBy(() -> new Space(Map.of())).hasMessageContaining("0 settings");
        assertThatThrownBy(() -> Choice.named("grid")).hasMessageContaining("expected sobol or random");
    }
}
