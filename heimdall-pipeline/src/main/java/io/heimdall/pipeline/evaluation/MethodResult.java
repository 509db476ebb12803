package io.heimdall.pipeline.evaluation;

import io.heimdall.model.metrics.ErrorQuantiles;
import io.heimdall.model.metrics.Quantiles;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The results of one method on the evaluated sessions.
 *
 * @param id key in the JSON
 * @param title for people
 * @param answers one per session
 * @param groups the number of each session's group, in the answers' order
 */
public record MethodResult(String id, String title, List<Answer> answers, List<Integer> groups) {

    /** Copies the lists. */
    public MethodResult {
        answers = List.copyOf(answers);
        groups = List.copyOf(groups);
        if (answers.isEmpty() || answers.size() != groups.size()) {
            throw new IllegalArgumentException(answers.size() + " answers of " + groups.size() + " groups");
        }
    }

    /** Returns the distances from the truth, metres. */
    public double[] distances() {
        return answers.stream().mapToDouble(Answer::distance).toArray();
    }

    /** Returns quantiles of the distances. */
    public ErrorQuantiles error() {
        return ErrorQuantiles.of(distances());
    }

    /** Returns the judged posteriors; empty where the method gives a place alone for any of the sessions. */
    public List<Belief> beliefs() {
        List<Belief> beliefs =
                answers.stream().map(Answer::belief).flatMap(Optional::stream).toList();
        return beliefs.size() == answers.size() ? beliefs : List.of();
    }

    /** Returns the mean of the negative log density at the truth, nats per square metre; of a method that has a posterior. */
    public double nllDensity() {
        return mean(belief -> -belief.logDensity());
    }

    /**
     * Returns the part of truths that lies in the regions of a level; of a method that has a posterior.
     *
     * @param level one of {@link Belief#LEVELS}
     */
    public double coverage(double level) {
        return mean(belief -> belief.credibleLevel() <= level ? 1 : 0);
    }

    /**
     * Returns the median area of the regions of a level, square kilometres; of a method that has a posterior.
     *
     * @param level one of {@link Belief#LEVELS}
     */
    public double medianAreaKm2(double level) {
        int index = Belief.LEVELS.indexOf(level);
        double[] areas = beliefs().stream()
                .mapToDouble(belief -> belief.areasM2().get(index))
                .toArray();
        return Quantiles.of(areas, 0.5) / 1e6;
    }

    private double mean(ToDoubleFunction<Belief> number) {
        return beliefs().stream().mapToDouble(number).average().orElseThrow();
    }

    int[] groupNumbers() {
        return groups.stream().mapToInt(group -> group).toArray();
    }
}
