package io.heimdall.dataset.split;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Session;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A rule of a split for given sessions that leaves no side empty.
 *
 * <p>Without a choice of the caller, sources are the groups; where they leave a side empty, days are used, then single sessions.
 *
 * @param rule how to split
 * @param warning the limits of an evaluation with this split, for screen, report and metadata; empty if there are none
 */
public record SplitChoice(SplitRule rule, Optional<String> warning) {
    /** Few sessions leave a side empty with most seeds: 3 of them fill 80/10/10 with one seed of 20. */
    private static final int SEEDS = 10_000;

    /** Chooses for the usual shares, 80 % train, 10 % validation, 10 % test; see the other method. */
    public static SplitChoice of(Collection<Session> sessions, Optional<GroupBy> asked, long seed) {
        SplitRule usual = SplitRule.of(GroupBy.SOURCE, seed);
        return of(sessions, asked, seed, usual.train(), usual.validation());
    }

    /**
     * Chooses the rule for a data set.
     *
     * @param sessions all that will be split
     * @param asked what the user wants to stay together; never replaced by something else
     * @param seed of the rule; single sessions, where not asked for, are split with the first seed from this on that
     *     fills every side
     * @param train share to learn from, above 0
     * @param validation share to validate with; 0: that side may be empty, as may the test's where the shares make 1
     * @throws DatasetException if what was asked for, or everything, leaves a side empty; it names the side
     * @throws IllegalArgumentException if a session lacks what was asked for, or the shares are none
     */
    public static SplitChoice of(
            Collection<Session> sessions, Optional<GroupBy> asked, long seed, double train, double validation) {
        SplitRule bySource = new SplitRule(asked.orElse(GroupBy.SOURCE), seed, train, validation);
        Set<Split> empty = emptySides(bySource, sessions);
        if (empty.isEmpty()) {
            return new SplitChoice(bySource, Optional.empty());
        }
        if (asked.isPresent()) {
            throw new DatasetException(fault(bySource, empty, sessions)
                    + "; split by something else or with another seed, or add sessions");
        }
        SplitRule byDay = new SplitRule(GroupBy.DAY, seed, train, validation);
        boolean dated = sessions.stream().allMatch(session -> session.start().isPresent());
        if (dated && emptySides(byDay, sessions).isEmpty()) {
            return fallenBack(byDay, bySource, empty, sessions);
        }
        for (long s = seed; s < seed + SEEDS; s++) {
            SplitRule bySession = new SplitRule(GroupBy.SESSION, s, train, validation);
            if (emptySides(bySession, sessions).isEmpty()) {
                return fallenBack(bySession, bySource, empty, sessions);
            }
        }
        SplitRule bySession = new SplitRule(GroupBy.SESSION, seed, train, validation);
        throw new DatasetException(fault(bySession, emptySides(bySession, sessions), sessions) + "; add sessions");
    }

    private static SplitChoice fallenBack(
            SplitRule rule, SplitRule wanted, Set<Split> empty, Collection<Session> sessions) {
        return new SplitChoice(
                rule,
                Optional.of(
                        fault(wanted, empty, sessions) + "; split by " + word(rule.groupBy())
                                + " instead, with the same sources on all sides: the evaluation says nothing about other places"));
    }

    private static Set<Split> emptySides(SplitRule rule, Collection<Session> sessions) {
        Set<Split> empty = EnumSet.of(Split.TRAIN);
        if (rule.validation() > 0) {
            empty.add(Split.VALIDATION);
        }
        if (rule.train() + rule.validation() < 1) {
            empty.add(Split.TEST);
        }
        for (Session session : sessions) {
            if (empty.isEmpty()) {
                break;
            }
            empty.remove(rule.of(session));
        }
        return empty;
    }

    private static String fault(SplitRule rule, Set<Split> empty, Collection<Session> sessions) {
        long groups = sessions.stream().map(rule.groupBy()::groupOf).distinct().count();
        List<String> sides = empty.stream().map(SplitChoice::word).toList();
        return "splitting " + sessions.size() + " session(s) by " + word(rule.groupBy()) + ", " + groups
                + " group(s), with seed " + rule.seed() + " leaves "
                + String.join(" and ", sides) + " empty";
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
