package io.heimdall.pipeline.report;

import java.util.List;

/**
 * A metric against one setting, a dot a trial.
 *
 * @param name of the setting
 * @param words of the values, in their order from the left; empty where the values are numbers
 * @param log whether equal ratios have equal distances
 * @param dots one at least
 */
public record Scatter(String name, List<String> words, boolean log, List<Dot> dots) {
    /**
     * A trial.
     *
     * @param x the value, or the index of its word
     * @param y the metric
     * @param best whether it is the best trial
     */
    public record Dot(double x, double y, boolean best) {}

    /** Copies the lists. */
    public Scatter {
        words = List.copyOf(words);
        dots = List.copyOf(dots);
    }

    double place(double x) {
        return log ? Math.log10(x) : x;
    }
}
