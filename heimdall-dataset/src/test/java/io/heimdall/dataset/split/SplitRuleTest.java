package io.heimdall.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Sessions;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitRuleTest {
    private static final SplitRule BY_SOURCE = SplitRule.of(GroupBy.SOURCE, 7);

    static Session session(String id, String source, GeoPoint place, Instant start) {
        return new Session(
                id,
                source,
                Optional.ofNullable(place),
                1_000_000,
                true,
                Optional.ofNullable(start),
                List.of(Sessions.measurement(id, "Torino")));
    }

    /** Sessions of 2000 sources, places and days, each heard three times. */
    private static List<Session> sessions() {
        return IntStream.range(0, 6000)
                .mapToObj(i -> session(
                        "s" + i,
                        "source " + i % 2000,
                        new GeoPoint(44 + i % 2000 * 0.01, 7 + i % 7),
                        Instant.EPOCH.plusSeconds(86_400L * (i % 2000) + i)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(GroupBy.class)
    void sharesAreThoseOfTheRuleWithinTheBinomialError(GroupBy groupBy) {
        SplitRule rule = SplitRule.of(groupBy, 11);
        Map<String, Split> groups = new HashMap<>();
        sessions().forEach(s -> groups.put(groupBy.groupOf(s), rule.of(s)));
        Map<Split, Long> counts =
                groups.values().stream().collect(Collectors.groupingBy(s -> s, Collectors.counting()));
        double n = groups.size();
        assertThat(n).isGreaterThanOrEqualTo(2000);
        double fourSigma = 4 * Math.sqrt(0.1 * 0.9 / n);
        assertThat(counts.get(Split.VALIDATION) / n).isCloseTo(0.1, within(fourSigma));
        assertThat(counts.get(Split.TEST) / n).isCloseTo(0.1, within(fourSigma));
    }

    @ParameterizedTest
    @EnumSource(GroupBy.class)
    void noGroupStandsOnTwoSides(GroupBy groupBy) {
        SplitRule rule = SplitRule.of(groupBy, 3);
        Map<String, Set<Split>> sides = sessions().stream()
                .collect(Collectors.groupingBy(groupBy::groupOf, Collectors.mapping(rule::of, Collectors.toSet())));
        assertThat(sides.values()).allMatch(set -> set.size() == 1);
    }

    @Test
    void theSideFollowsFromGroupAndSeedAlone() {
        // tRain, vAlidation or tEst by an independent SHA-256. Old sessions must never move.
        assertThat(IntStream.range(0, 12)
                        .mapToObj(i -> BY_SOURCE.of(session("any" + i, "source " + i, null, null)))
                        .map(split -> split.name().charAt(1))
                        .map(String::valueOf)
                        .collect(Collectors.joining()))
                .isEqualTo("RRERARRRRRRR");
        Session alone = session("x", "source 5", new GeoPoint(1, 2), Instant.EPOCH);
        Session other = session("y", "source 5", new GeoPoint(3, 4), null);
        assertThat(BY_SOURCE.of(alone)).isEqualTo(BY_SOURCE.of(other));
    }

    @Test
    void anotherSeedGivesAnotherSplit() {
        long moved = sessions().stream()
                .filter(s -> BY_SOURCE.of(s) != SplitRule.of(GroupBy.SOURCE, 8).of(s))
                .count();
        // Independent draws differ with probability 1 - 0.8^2 - 0.1^2 - 0.1^2 = 0.34.
        assertThat(moved / 6000.0).isCloseTo(0.34, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({
        "SOURCE, 0, 0.8, 0.1",
        "CELL, -9223372036854775808, 0.0001, 1e-5",
        "DAY, 42, 1, 0",
        "SESSION, 1, 0.7, 0.3"
    })
    void readsWhatItWrites(GroupBy groupBy, long seed, double train, double validation) {
        SplitRule rule = new SplitRule(groupBy, seed, train, validation);
        assertThat(SplitRule.parse(rule.canonical())).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "by=colour seed=1 train=0.8 validation=0.1",
                "by=source seed=99999999999999999999 train=0.8 validation=0.1",
                "by=source seed=1 train=0.8.1 validation=0.1",
                "by=source seed=1 train=NaN validation=0.1",
                "by=source seed=1 train=0.8 validation=0.3",
                "by=source seed=1 train=0.8"
            })
    void refusesOtherTextsByNameAndExample(String text) {
        assertThatThrownBy(() -> SplitRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "'" + text + "' is no split rule, expected like 'by=source seed=0 train=0.8 validation=0.1'");
    }

    @Test
    void refusesSharesThatAreNone() {
        assertThatThrownBy(() -> new SplitRule(GroupBy.SOURCE, 0, 0, 0.5)).hasMessageContaining("train 0.0");
        assertThatThrownBy(() -> new SplitRule(GroupBy.SOURCE, 0, 0.8, -0.1)).hasMessageContaining("validation -0.1");
        assertThatThrownBy(() -> new SplitRule(GroupBy.SOURCE, 0, 0.8, 0.3)).hasMessageContaining("at most 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 45, -45, 60, 80, -89})
    void cellsAreThreeHundredMetresWideAtAnyLatitude(double latitude) {
        double metresNorth = 111_195;
        double metresEast = metresNorth * Math.cos(Math.toRadians(latitude));
        // Along a line of 30 km there are 100 cells, and none is longer than it should be.
        assertThat(cells(latitude, 30_000 / metresNorth, 0)).isBetween(100L, 101L);
        assertThat(cells(latitude, 0, 30_000 / metresEast)).isBetween(99L, 102L);
    }

    private static long cells(double latitude, double north, double east) {
        return IntStream.rangeClosed(0, 3000)
                .mapToObj(i -> new GeoPoint(latitude + north * i / 3000, 9 + east * i / 3000))
                .map(place -> GroupBy.CELL.groupOf(session("s", "", place, null)))
                .distinct()
                .count();
    }

    @Test
    void daysAreThoseOfUtc() {
        assertThat(day("2026-11-24T23:59:59.999Z")).isEqualTo(day("2026-11-24T00:00:00Z"));
        assertThat(day("2026-11-25T00:00:00Z")).isEqualTo("2026-11-25");
    }

    private static String day(String time) {
        return GroupBy.DAY.groupOf(session("s", "", null, Instant.parse(time)));
    }

    @Test
    void namesTheSessionThatLacksWhatItsGroupFollowsFrom() {
        Session bare = session("bare", "", null, null);
        assertThatThrownBy(() -> SplitRule.of(GroupBy.CELL, 1).of(bare))
                .hasMessageContaining("session bare has no source");
        assertThatThrownBy(() -> SplitRule.of(GroupBy.DAY, 1).of(bare))
                .hasMessageContaining("session bare has no start");
    }
}
