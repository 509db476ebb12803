package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
    private static final double[] BEFORE = {1, 2, 3, 4};

    @Test
    void errorOfSessionsByThemselvesIsThatOfAMean() {
        PairedDifference difference =
                PairedDifference.of(BEFORE, new double[] {0, 2, 2, 4}, List.of("a", "b", "c", "d"));

        assertThat(difference.mean()).isCloseTo(-0.5, within(1e-12));
        // Differences -1, 0, -1, 0: variance 1/3, of a mean of four 1/12.
        assertThat(difference.standardError()).isCloseTo(Math.sqrt(1 / 12.0), within(1e-12));
        assertThat(difference.isLower()).isTrue();
    }

    @Test
    void sessionsOfOneGroupAreOneObservation() {
        double[] after = {0, 1, 3, 4};
        PairedDifference alone = PairedDifference.of(BEFORE, after, List.of("a", "b", "c", "d"));
        PairedDifference grouped = PairedDifference.of(BEFORE, after, List.of("a", "a", "b", "b"));

        assertThat(alone.isLower()).isTrue();
        assertThat(grouped.standardError()).isCloseTo(0.5, within(1e-12));
        assertThat(grouped.isLower()).isFalse();
    }

    @Test
    void oneGroupProvesNothing() {
        PairedDifference difference =
                PairedDifference.of(BEFORE, new double[] {0, 0, 0, 0}, List.of("a", "a", "a", "a"));

        assertThat(difference.isLower()).isFalse();
    }

    @Test
    void worseIsNotLower() {
        assertThat(PairedDifference.of(BEFORE, new double[] {2, 3, 4, 5}, List.of("a", "b", "c", "d"))
                        .isLower())
                .isFalse();
    }
}
