package io.heimdall.dataset.split;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A rule of folds for given sessions that leaves no fold empty and gives every member sessions for training and
 * validation.
 *
 * <p>Without a choice of the caller, sources are the groups; where they leave a fold empty, days are used, then single sessions.
 *
 * @param rule of the folds
 * @param warning the limits of an evaluation with these folds; empty if there are none
 */
public record FoldChoice(FoldRule rule, Optional<String> warning) {

    /**
     * Chooses the rule for a data set.
     *
     * @param asked what the user wants to stay together; never replaced by something else
     * @throws DatasetException if what was asked for, or everything, leaves something empty; the message says what
     * @throws IllegalArgumentException if a session lacks what was asked for
     */
    public static FoldChoice of(Collection<Session> sessions, Optional<GroupBy> asked, long seed, int folds) {
        FoldRule wanted = new FoldRule(asked.orElse(GroupBy.SOURCE), seed, folds);
        Optional<String> fault = fault(wanted, sessions);
        if (fault.isEmpty()) {
            return new FoldChoice(wanted, Optional.empty());
        }
        for (GroupBy other : asked.isPresent() ? List.<GroupBy>of() : others(sessions)) {
            FoldRule rule = new FoldRule(other, seed, folds);
            if (fault(rule, sessions).isEmpty()) {
                return new FoldChoice(
                        rule,
                        Optional.of(fault.get() + "; split by " + word(other)
                                + " instead, with the same sources in several folds: the evaluation says nothing about"
                                + " other places"));
            }
        }
        throw new DatasetException(
                fault.get() + "; take fewer folds or another seed, split by something else, or add" + " sessions");
    }

    private static List<GroupBy> others(Collection<Session> sessions) {
        boolean dated = sessions.stream().allMatch(session -> session.start().isPresent());
        return dated ? List.of(GroupBy.DAY, GroupBy.SESSION) : List.of(GroupBy.SESSION);
    }

    private static Optional<String> fault(FoldRule rule, Collection<Session> sessions) {
        List<String> empty = new ArrayList<>();
        for (int fold = 0; fold < rule.folds(); fold++) {
            for (Split side : List.of(Split.TEST, Split.VALIDATION, Split.TRAIN)) {
                int member = fold;
                if (sessions.stream().noneMatch(session -> rule.side(session, member) == side)) {
                    empty.add(
                            side == Split.TEST
                                    ? "fold " + (fold + 1)
                                    : "the " + word(side) + " side of member " + (fold + 1));
                }
            }
        }
        long groups = sessions.stream().map(rule.groupBy()::groupOf).distinct().count();
        return empty.isEmpty()
                ? Optional.empty()
                : Optional.of(rule.folds() + " folds of " + sessions.size() + " session(s) by " + word(rule.groupBy())
                        + ", " + groups + " group(s), with seed " + rule.seed() + " leave " + String.join(", ", empty)
                        + " empty");
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
