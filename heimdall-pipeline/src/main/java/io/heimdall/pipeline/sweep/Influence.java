package io.heimdall.pipeline.sweep;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * What a setting has to do with the metric of the trials.
 *
 * @param words whether the values are words or switches, which have no order
 * @param strength Spearman's rank correlation of numbers, -1..1; of words the correlation ratio of the ranks, 0..1; empty of fewer
 *     than three trials, and where value or metric does not vary
 */
public record Influence(boolean words, OptionalDouble strength) {
    private static final int FEWEST = 3;

    /**
     * Computes it.
     *
     * @param values of the setting, JSON, a trial each
     * @param metrics of the same trials
     */
    public static Influence of(List<Object> values, double[] metrics) {
        boolean words = !values.stream().allMatch(Number.class::isInstance);
        boolean varies = values.stream().distinct().count() > 1
                && Arrays.stream(metrics).distinct().count() > 1;
        if (!varies || metrics.length < FEWEST) {
            return new Influence(words, OptionalDouble.empty());
        }
        double[] ranks = new NaturalRanking().rank(metrics);
        double strength = words ? ratio(values, ranks) : spearman(values, metrics);
        return new Influence(words, OptionalDouble.of(strength));
    }

    private static double spearman(List<Object> values, double[] metrics) {
        double[] numbers = values.stream()
                .mapToDouble(value -> ((Number) value).doubleValue())
                .toArray();
        return new SpearmansCorrelation().correlation(numbers, metrics);
    }

    /** The root of the share of the ranks' variance that lies between the values. */
    private static double ratio(List<Object> values, double[] ranks) {
        double mean = Arrays.stream(ranks).average().orElseThrow();
        double all =
                Arrays.stream(ranks).map(rank -> (rank - mean) * (rank - mean)).sum();
        Map<Object, Double> means = IntStream.range(0, ranks.length)
                .boxed()
                .collect(Collectors.groupingBy(values::get, Collectors.averagingDouble(i -> ranks[i])));
        double between = values.stream()
                .map(means::get)
                .mapToDouble(of -> (of - mean) * (of - mean))
                .sum();
        return Math.sqrt(between / all);
    }

    /** Returns the influence of each setting on the metric at the first rung, the strongest first. */
    static List<Map.Entry<String, Influence>> of(Space space, List<Trial> trials) {
        List<Trial> judged =
                trials.stream().filter(trial -> !trial.results().isEmpty()).toList();
        double[] metrics = judged.stream()
                .mapToDouble(trial -> trial.results().get(0).metric())
                .toArray();
        Function<String, Influence> influence = name ->
                of(judged.stream().map(trial -> trial.values().get(name)).toList(), metrics);
        return space.dimensions().keySet().stream()
                .map(name -> Map.entry(name, influence.apply(name)))
                .sorted((a, b) -> Double.compare(size(b.getValue()), size(a.getValue())))
                .toList();
    }

    private static double size(Influence influence) {
        return Math.abs(influence.strength().orElse(0));
    }
}
