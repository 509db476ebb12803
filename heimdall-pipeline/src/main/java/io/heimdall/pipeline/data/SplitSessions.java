package io.heimdall.pipeline.data;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupRule;
import io.heimdall.dataset.split.Split;
import io.heimdall.dataset.split.SplitRule;
import io.heimdall.export.ModelDescription;
import io.heimdall.pipeline.PipelineException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sessions on the three sides of a split.
 *
 * @param rule that decided
 * @param training learned from
 * @param validation decide when to stop, and scale sigma
 * @param test judge the result
 */
public record SplitSessions(GroupRule rule, List<Session> training, List<Session> validation, List<Session> test) {
    /** Key of a model file's metadata under which it keeps the rule. */
    public static final String RULE = "split_rule";

    /** Splits sessions by a rule. */
    public static SplitSessions of(List<Session> sessions, SplitRule rule) {
        return of(sessions, rule, rule::of);
    }

    /**
     * Splits sessions as one member of an ensemble sees them: the test side is its fold.
     *
     * @param fold of the member, from 0
     */
    public static SplitSessions of(List<Session> sessions, FoldRule rule, int fold) {
        return of(sessions, rule, session -> rule.side(session, fold));
    }

    private static SplitSessions of(List<Session> sessions, GroupRule rule, Function<Session, Split> sides) {
        Map<Split, List<Session>> on = sessions.stream().collect(Collectors.groupingBy(sides));
        return new SplitSessions(
                rule,
                on.getOrDefault(Split.TRAIN, List.of()),
                on.getOrDefault(Split.VALIDATION, List.of()),
                on.getOrDefault(Split.TEST, List.of()));
    }

    /** Returns the split of each member of an ensemble, in the order of their folds. */
    public static List<SplitSessions> ofFolds(List<Session> sessions, FoldRule rule) {
        return IntStream.range(0, rule.folds())
                .mapToObj(fold -> of(sessions, rule, fold))
                .toList();
    }

    /** Returns the split by a rule: one, or one for each member of an ensemble. */
    public static List<SplitSessions> all(List<Session> sessions, GroupRule rule) {
        return rule instanceof FoldRule folds ? ofFolds(sessions, folds) : List.of(of(sessions, (SplitRule) rule));
    }

    /** Returns the sessions of one side. */
    public List<Session> on(Split side) {
        return switch (side) {
            case TRAIN -> training;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /**
     * Returns the rule by which the sessions of a model's training were split.
     *
     * @param onnx names the model in messages
     * @throws PipelineException if the file does not state it, or is of a single member of an ensemble, which does not know the folds
     */
    public static GroupRule ruleOf(Path onnx, ModelDescription description) {
        String rule = description.extra().get(RULE);
        if (rule == null) {
            throw new PipelineException(onnx + " does not state how its sessions were split (metadata " + RULE
                    + "): it cannot be judged fairly");
        }
        GroupRule parsed = GroupRule.parse(rule);
        if (parsed instanceof FoldRule && Ensemble.in(description).isEmpty()) {
            throw new PipelineException(onnx + " is a member of an ensemble by itself; judge the model of the ensemble,"
                    + " which knows the folds of all members");
        }
        return parsed;
    }
}
