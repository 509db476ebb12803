package io.heimdall.localization.evidence;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The powers of the pairs' likelihoods, so that their product is as sure as the stations are.
 *
 * <p>For stations that err independently with variances {@code 1 / w_i}, the likelihood of all differences is, up to a constant,
 * <pre>{@code
 * -1/2 sum_{i<j} w_i w_j / W (r_i - r_j)^2 = sum_{i<j} (w_i + w_j) / W log p(r_i - r_j),     W = sum_k w_k
 * }</pre>
 * so the power of a pair is {@code (w_i + w_j) / W}: {@code 2 / N} for clocks that are equally good. The powers add up to {@code N - 1}; where pairs
 * are missing they are scaled to what {@code N} stations in so many parts tell, {@code N - parts}.
 *
 * <p>The stations' variances are fitted to those of the pairs, {@code sigma_ij^2 = v_i + v_j}, relative to each pair's own.
 */
final class PairPowers {
    private static final int STEPS = 200;

    /** Of its most precise pair's variance, a station has this share at least. */
    private static final double LEAST_SHARE = 0.25;

    private final int[] first;
    private final int[] second;
    private final double[] variance;
    private final int stations;

    private PairPowers(int[] first, int[] second, double[] variance, int stations) {
        this.first = first;
        this.second = second;
        this.variance = variance;
        this.stations = stations;
    }

    /**
     * Returns the power of each pair.
     *
     * @param first numbers of the pairs' stations, from 0
     * @param second likewise
     * @param sigmas of the pairs
     * @param independent how many differences are independent: stations less parts
     */
    static double[] of(int[] first, int[] second, double[] sigmas, int independent) {
        int stations = 1
                + IntStream.concat(IntStream.of(first), IntStream.of(second))
                        .max()
                        .orElseThrow();
        double[] variance = Arrays.stream(sigmas).map(sigma -> sigma * sigma).toArray();
        return new PairPowers(first, second, variance, stations).powers(independent);
    }

    private double[] powers(int independent) {
        double[] own = variances();
        double all = Arrays.stream(own).map(v -> 1 / v).sum();
        double[] powers = new double[first.length];
        for (int k = 0; k < powers.length; k++) {
            powers[k] = (1 / own[first[k]] + 1 / own[second[k]]) / all;
        }
        double scale = independent / Arrays.stream(powers).sum();
        for (int k = 0; k < powers.length; k++) {
            powers[k] *= scale;
        }
        return powers;
    }

    private double[] variances() {
        double[] least = new double[stations];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        for (int k = 0; k < first.length; k++) {
            least[first[k]] = Math.min(least[first[k]], variance[k]);
            least[second[k]] = Math.min(least[second[k]], variance[k]);
        }
        double[] own = Arrays.stream(least).map(v -> v / 2).toArray();
        boolean changes = true;
        for (int step = 0; step < STEPS && changes; step++) {
            changes = false;
            for (int i = 0; i < stations; i++) {
                double sum = 0;
                double weights = 0;
                for (int k = 0; k < first.length; k++) {
                    if (first[k] == i || second[k] == i) {
                        double weight = 1 / (variance[k] * variance[k]);
                        sum += weight * (variance[k] - own[first[k] == i ? second[k] : first[k]]);
                        weights += weight;
                    }
                }
                double next = Math.max(LEAST_SHARE * least[i], sum / weights);
                changes |= next != own[i];
                own[i] = next;
            }
        }
        return own;
    }
}
