package io.heimdall.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitChoiceTest {
    private static final GeoPoint PLACE = new GeoPoint(50, 9);

    private static List<Session> sessions(int count, IntFunction<String> source, IntFunction<Instant> start) {
        return IntStream.range(0, count)
                .mapToObj(i -> SplitRuleTest.session("s" + i, source.apply(i), PLACE, start.apply(i)))
                .toList();
    }

    private static Instant day(int i) {
        return Instant.EPOCH.plusSeconds(86_400L * i);
    }

    private static void assertFillsAllSides(SplitRule rule, List<Session> sessions) {
        assertThat(sessions.stream().map(rule::of).distinct()).containsExactlyInAnyOrder(Split.values());
    }

    @Test
    void sourcesAreTheGroupsWhereThereAreEnough() {
        List<Session> sessions = sessions(200, i -> "source " + i, i -> null);
        SplitChoice choice = SplitChoice.of(sessions, Optional.empty(), 5);
        assertThat(choice.rule()).isEqualTo(SplitRule.of(GroupBy.SOURCE, 5));
        assertThat(choice.warning()).isEmpty();
    }

    @Test
    void daysAreTheGroupsOfASingleSource() {
        List<Session> sessions = sessions(200, i -> "DCF77", SplitChoiceTest::day);
        SplitChoice choice = SplitChoice.of(sessions, Optional.empty(), 5);
        assertThat(choice.rule()).isEqualTo(SplitRule.of(GroupBy.DAY, 5));
        assertFillsAllSides(choice.rule(), sessions);
        assertThat(choice.warning().orElseThrow())
                .contains("200 session(s) by source, 1 group(s)")
                .contains("split by day instead")
                .contains("says nothing about other places");
    }

    @Test
    void sessionsAreTheGroupsOfASingleDay() {
        List<Session> sessions = sessions(200, i -> "DCF77", i -> Instant.EPOCH);
        SplitChoice choice = SplitChoice.of(sessions, Optional.empty(), 5);
        assertThat(choice.rule()).isEqualTo(SplitRule.of(GroupBy.SESSION, 5));
        assertFillsAllSides(choice.rule(), sessions);
        assertThat(choice.warning().orElseThrow()).contains("split by session instead");
    }

    @Test
    void sessionsWithoutATimeHaveNoDays() {
        List<Session> sessions = sessions(200, i -> "DCF77", i -> i == 17 ? null : day(i));
        assertThat(SplitChoice.of(sessions, Optional.empty(), 5).rule().groupBy())
                .isEqualTo(GroupBy.SESSION);
    }

    @Test
    void threeSessionsAreEnoughForAFirstTry() {
        for (int count = 3; count < 30; count++) {
            List<Session> sessions = sessions(count, i -> "DCF77", i -> Instant.EPOCH);
            SplitChoice choice = SplitChoice.of(sessions, Optional.empty(), 0);
            assertFillsAllSides(choice.rule(), sessions);
            assertThat(SplitRule.parse(choice.rule().canonical())).isEqualTo(choice.rule());
        }
    }

    @Test
    void twoSessionsAreNot() {
        List<Session> two = sessions(2, i -> "DCF77", i -> Instant.EPOCH);
        assertThatThrownBy(() -> SplitChoice.of(two, Optional.empty(), 0))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("2 session(s) by session, 2 group(s)")
                .hasMessageContaining("empty; add sessions");
        assertThatThrownBy(() -> SplitChoice.of(List.of(), Optional.empty(), 0))
                .hasMessageContaining("leaves train and validation and test empty");
    }

    @Test
    void whatTheUserAskedForIsNeverReplaced() {
        List<Session> sessions = sessions(200, i -> "DCF77", SplitChoiceTest::day);
        SplitChoice byDay = SplitChoice.of(sessions, Optional.of(GroupBy.DAY), 5);
        assertThat(byDay).isEqualTo(new SplitChoice(SplitRule.of(GroupBy.DAY, 5), Optional.empty()));
        Split only = SplitRule.of(GroupBy.SOURCE, 5).of(sessions.get(0));
        assertThat(only).isEqualTo(Split.TRAIN);
        assertThatThrownBy(() -> SplitChoice.of(sessions, Optional.of(GroupBy.SOURCE), 5))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("by source, 1 group(s), with seed 5 leaves validation and test empty");
        List<Session> undated = sessions(200, i -> "DCF77", i -> null);
        assertThatThrownBy(() -> SplitChoice.of(undated, Optional.of(GroupBy.DAY), 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("session s0 has no start time");
    }

    @Test
    void aSideWithoutAShareMayBeEmpty() {
        List<Session> sessions = sessions(4, i -> "DCF77", i -> Instant.EPOCH);
        SplitChoice all = SplitChoice.of(sessions, Optional.of(GroupBy.SOURCE), 5, 1, 0);
        assertThat(all.rule().train()).isEqualTo(1);
        assertThatThrownBy(() -> SplitChoice.of(sessions, Optional.of(GroupBy.SOURCE), 5, 0.8, 0))
                .hasMessageContaining("leaves test empty");
    }
}
