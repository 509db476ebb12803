package io.heimdall.pipeline.training;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The mean of differences between two numbers of each session, and how sure it is.
 *
 * @param mean of the second less the first
 * @param standardError of that mean, by groups: sessions of one group count as one observation
 */
record PairedDifference(double mean, double standardError) {

    /**
     * Compares two numbers of each session.
     *
     * @param groups of the sessions; with fewer than two the standard error is infinite
     */
    static PairedDifference of(double[] first, double[] second, List<String> groups) {
        double mean = 0;
        for (int i = 0; i < first.length; i++) {
            mean += (second[i] - first[i]) / first.length;
        }
        Map<String, Double> sums = new HashMap<>();
        for (int i = 0; i < first.length; i++) {
            sums.merge(groups.get(i), second[i] - first[i] - mean, Double::sum);
        }
        double squares = sums.values().stream().mapToDouble(sum -> sum * sum).sum();
        double count = sums.size();
        double error = count < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(squares * count / (count - 1)) / first.length;
        return new PairedDifference(mean, error);
    }

    /** Returns whether the second is lower by more than the standard error. */
    boolean isLower() {
        return mean < -standardError;
    }
}
