package io.heimdall.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoldRuleTest {
    private static final FoldRule BY_SOURCE = new FoldRule(GroupBy.SOURCE, 7, 5);

    private static List<Session> sessions(int count, IntFunction<String> source) {
        return IntStream.range(0, count)
                .mapToObj(i -> SplitRuleTest.session(
                        "s" + i,
                        source.apply(i),
                        new GeoPoint(44 + i % 2000 * 0.01, 7 + i % 7),
                        Instant.EPOCH.plusSeconds(86_400L * (i % 2000) + i)))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(GroupBy.class)
    void aGroupIsInOneFoldAndOnOneSideOfEachMember(GroupBy groupBy) {
        FoldRule rule = new FoldRule(groupBy, 3, 3);
        Map<String, Set<List<Object>>> seen = sessions(6000, i -> "source " + i % 2000).stream()
                .collect(Collectors.groupingBy(
                        groupBy::groupOf,
                        Collectors.mapping(
                                s -> List.of(rule.of(s), rule.side(s, 0), rule.side(s, 1), rule.side(s, 2)),
                                Collectors.toSet())));
        assertThat(seen.values()).allMatch(set -> set.size() == 1);
    }

    @Test
    void everySessionIsTheTestOfOneMemberAlone() {
        for (Session session : sessions(500, i -> "source " + i)) {
            Set<Integer> tests = new HashSet<>();
            for (int fold = 0; fold < 5; fold++) {
                if (BY_SOURCE.side(session, fold) == Split.TEST) {
                    tests.add(fold);
                }
            }
            assertThat(tests).containsExactly(BY_SOURCE.of(session));
        }
    }

    @Test
    void anEighthOfTheOthersValidatesAndNotTheSameForEachMember() {
        List<Session> sessions = sessions(2000, i -> "source " + i);
        Set<Set<String>> validations = new HashSet<>();
        for (int fold = 0; fold < 5; fold++) {
            int member = fold;
            Map<Split, List<Session>> sides =
                    sessions.stream().collect(Collectors.groupingBy(s -> BY_SOURCE.side(s, member)));
            List<Session> validation = sides.get(Split.VALIDATION);
            double outside = sides.get(Split.TRAIN).size() + validation.size();
            assertThat(outside / 2000).isCloseTo(0.8, within(4 * Math.sqrt(0.16 / 2000)));
            assertThat(validation.size() / outside).isCloseTo(0.125, within(4 * Math.sqrt(0.11 / 1600)));
            validations.add(validation.stream().map(Session::id).collect(Collectors.toSet()));
        }
        assertThat(validations).hasSize(5);
    }

    @Test
    void foldAndSideFollowFromGroupAndSeedAlone() {
        // By an independent SHA-256. Old sessions must never move.
        List<Session> sessions = sessions(24, i -> "source " + i);
        assertThat(sessions.stream().limit(12).map(s -> "" + BY_SOURCE.of(s)).collect(Collectors.joining()))
                .isEqualTo("014043313312");
        // tRain, vAlidation or tEst of the third member
        assertThat(sessions.stream()
                        .map(s -> BY_SOURCE.side(s, 2).name().substring(1, 2))
                        .collect(Collectors.joining()))
                .isEqualTo("RRRRRRRARRREARREEERRREAR");
    }

    @Test
    void readsWhatItWrites() {
        FoldRule rule = new FoldRule(GroupBy.CELL, -3, 20);
        assertThat(FoldRule.parse(rule.canonical())).isEqualTo(rule);
        assertThat(GroupRule.parse(rule.canonical())).isEqualTo(rule);
        SplitRule split = SplitRule.of(GroupBy.DAY, 4);
        assertThat(GroupRule.parse(split.canonical())).isEqualTo(split);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "by=colour seed=1 folds=5",
                "by=source seed=99999999999999999999 folds=5",
                "by=source seed=1 folds=1",
                "by=source seed=1 train=0.8 validation=0.1"
            })
    void refusesOtherTextsByNameAndExample(String text) {
        assertThatThrownBy(() -> FoldRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + text + "' is no rule of folds, expected like 'by=source seed=0 folds=5'");
    }

    @Test
    void refusesWhatIsNoNumberOfFolds() {
        assertThatThrownBy(() -> new FoldRule(GroupBy.SOURCE, 0, 1)).hasMessage("1 folds: 2..20 are possible");
        assertThatThrownBy(() -> new FoldRule(GroupBy.SOURCE, 0, 21)).hasMessage("21 folds: 2..20 are possible");
    }

    @Test
    void choosesGroupsThatLeaveNothingEmpty() {
        FoldChoice many = FoldChoice.of(sessions(300, i -> "source " + i), Optional.empty(), 5, 5);
        assertThat(many).isEqualTo(new FoldChoice(new FoldRule(GroupBy.SOURCE, 5, 5), Optional.empty()));
        FoldChoice one = FoldChoice.of(sessions(300, i -> "DCF77"), Optional.empty(), 5, 5);
        assertThat(one.rule().groupBy()).isEqualTo(GroupBy.DAY);
        assertThat(one.warning().orElseThrow())
                .contains("5 folds of 300 session(s) by source, 1 group(s)")
                .contains("split by day instead")
                .contains("says nothing about other places");
    }

    @Test
    void whatTheUserAskedForIsNeverReplaced() {
        List<Session> sessions = sessions(300, i -> "DCF77");
        assertThatThrownBy(() -> FoldChoice.of(sessions, Optional.of(GroupBy.SOURCE), 5, 3))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("3 folds of 300 session(s) by source, 1 group(s), with seed 5 leave")
                .hasMessageContaining("take fewer folds");
        assertThatThrownBy(() -> FoldChoice.of(sessions(3, i -> "source " + i), Optional.empty(), 5, 3))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("side of member");
    }
}
