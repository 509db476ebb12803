package io.heimdall.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class InfluenceTest {
    /** 1 - 6 sum d^2 / (n (n^2 - 1)), without ties. */
    @Test
    void ofNumbersItIsSpearmansCorrelation() {
        Influence influence = Influence.of(List.of(1e-4, 1e-3, 1e-2, 1e-1), new double[] {4, 3, 1, 2});
        assertThat(influence.words()).isFalse();
        assertThat(influence.strength().getAsDouble()).isCloseTo(1 - 6.0 * (9 + 1 + 4 + 4) / (4 * 15), within(1e-12));
    }

    @Test
    void ofWordsItIsTheShareOfTheRanksThatTheyExplain() {
        List<Object> words = List.of("a", "a", "b", "b");
        assertThat(Influence.of(words, new double[] {1, 2, 8, 9}).strength().getAsDouble())
                .isCloseTo(Math.sqrt(4.0 / 5), within(1e-12));
        assertThat(Influence.of(words, new double[] {1, 9, 2, 8}).strength().getAsDouble())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void isUnknownWhereNothingVariesOrTrialsAreFew() {
        assertThat(Influence.of(List.of(1, 1, 1), new double[] {1, 2, 3}).strength())
                .isEmpty();
        assertThat(Influence.of(List.of(1, 2, 3), new double[] {1, 1, 1}).strength())
                .isEmpty();
        assertThat(Influence.of(List.of(1, 2), new double[] {1, 2}).strength()).isEmpty();
    }
}
