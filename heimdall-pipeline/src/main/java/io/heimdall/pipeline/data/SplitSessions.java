package io.heimdall.pipeline.data;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.Split;
import io.heimdall.dataset.split.SplitRule;
import java.util.List;

/**
 * Sessions on the three sides of a split.
 *
 * @param rule that decided
 * @param training learned from
 * @param validation decide when to stop, and scale sigma
 * @param test judge the result
 */
public record SplitSessions(SplitRule rule, List<Session> training, List<Session> validation, List<Session> test) {
    /** Key of a model file's metadata under which it keeps the rule. */
    public static final String RULE = "split_rule";

    /** Splits sessions by a rule. */
    public static SplitSessions of(List<Session> sessions, SplitRule rule) {
        return new SplitSessions(
                rule,
                on(Split.TRAIN, sessions, rule),
                on(Split.VALIDATION, sessions, rule),
                on(Split.TEST, sessions, rule));
    }

    private static List<Session> on(Split side, List<Session> sessions, SplitRule rule) {
        return sessions.stream().filter(session -> rule.of(session) == side).toList();
    }

    /** Returns the sessions of one side. */
    public List<Session> on(Split side) {
        return switch (side) {
            case TRAIN -> training;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}
