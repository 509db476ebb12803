package io.heimdall.pipeline.location;

import java.util.Arrays;

/**
 * The normal equations of differences: nodes with an unknown value each, and ties that weigh how well a difference is known.
 *
 * <p>Nodes are eliminated one after the other. What an eliminated node tied together is tied directly from then on, by sums, products
 * and quotients of weights: nothing is ever subtracted, so that ties of any weights beside each other keep all their digits.
 *
 * @see <a href="https://doi.org/10.1287/opre.33.5.1107">Grassmann, Taksar and Heyman, Regenerative analysis and steady state
 *     distributions for Markov chains, 1985</a>
 */
final class Ties {
    private final double[][] weights;

    Ties(int nodes) {
        weights = new double[nodes][nodes];
    }

    void add(int node, int other, double weight) {
        weights[node][other] += weight;
        weights[other][node] += weight;
    }

    /** Returns the variance of the difference of two nodes of one group: what is left between them without the others. */
    double variance(int node, int other) {
        double[][] left = copy();
        for (int k = 0; k < left.length; k++) {
            if (k != node && k != other) {
                eliminate(left, k);
            }
        }
        return 1 / left[node][other];
    }

    /**
     * Returns the values of all nodes; the last of each group has 0.
     *
     * @param sums of each node, the weighted differences to others; of each group they add up to 0
     */
    double[] solve(double[] sums) {
        int n = weights.length;
        double[][] left = copy();
        double[][] shares = new double[n][];
        double[] values = sums.clone();
        double[] totals = new double[n];
        for (int k = 0; k < n; k++) {
            totals[k] = Arrays.stream(left[k]).sum();
            shares[k] = eliminate(left, k);
            for (int i = k + 1; i < n; i++) {
                values[i] += shares[k][i] * values[k];
            }
        }
        for (int k = n - 1; k >= 0; k--) {
            values[k] = totals[k] > 0 ? values[k] / totals[k] : 0;
            for (int i = k + 1; i < n; i++) {
                values[k] += shares[k][i] * values[i];
            }
        }
        return values;
    }

    /** Returns of each node the last node that ties lead to: the same for all of a group. */
    int[] groups() {
        int n = weights.length;
        double[][] left = copy();
        double[][] shares = new double[n][];
        for (int k = 0; k < n; k++) {
            shares[k] = eliminate(left, k);
        }
        int[] groups = new int[n];
        for (int k = n - 1; k >= 0; k--) {
            groups[k] = k;
            for (int i = k + 1; i < n; i++) {
                groups[k] = shares[k][i] > 0 ? groups[i] : groups[k];
            }
        }
        return groups;
    }

    /** Takes a node out and returns how much each of the nodes that are left weighs in its value; they add up to 1 or, without any, 0. */
    private static double[] eliminate(double[][] left, int node) {
        double[] shares = left[node].clone();
        double total = Arrays.stream(shares).sum();
        for (int i = 0; i < shares.length && total > 0; i++) {
            shares[i] /= total;
        }
        for (int i = 0; i < shares.length; i++) {
            for (int k = 0; k < shares.length && shares[i] > 0; k++) {
                left[i][k] += i == k ? 0 : shares[i] * left[node][k];
            }
        }
        for (int i = 0; i < shares.length; i++) {
            left[i][node] = 0;
            left[node][i] = 0;
        }
        return shares;
    }

    private double[][] copy() {
        return Arrays.stream(weights).map(double[]::clone).toArray(double[][]::new);
    }
}
