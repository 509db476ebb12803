package io.heimdall.model.metrics;

import java.util.List;

/**
 * The forecasts on which a localiser is evaluated.
 *
 * @param all one per session
 */
public record JudgedForecasts(List<JudgedForecast> all) {

    /** Copies the list. */
    public JudgedForecasts {
        all = List.copyOf(all);
    }

    /** Returns the number of sessions. */
    public int size() {
        return all.size();
    }

    /** Returns each session's distance between predicted and true position, metres. */
    public double[] distances() {
        return all.stream().mapToDouble(JudgedForecast::distance).toArray();
    }

    /**
     * Returns the part of sessions whose truth lies in the region of a probability.
     *
     * @param probability from 0 to below 1
     */
    public double coverage(double probability) {
        return all.stream().filter(f -> f.credibleLevel() <= probability).count() / (double) size();
    }

    /** Returns the same forecasts with every sigma multiplied by a factor. */
    public JudgedForecasts scaled(double factor) {
        return new JudgedForecasts(all.stream().map(f -> f.scaled(factor)).toList());
    }
}
