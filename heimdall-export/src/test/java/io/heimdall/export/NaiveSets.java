package io.heimdall.export;

import java.util.ArrayList;
import java.util.List;

/** The operations on sets [element][feature][1] by their definitions, with plain loops. */
final class NaiveSets {
    private NaiveSets() {}

    /** Returns features [feature][1][1] as one element [feature][1]. */
    static double[][] row(double[][][] features) {
        double[][] row = new double[features.length][1];
        for (int i = 0; i < row.length; i++) {
            row[i][0] = features[i][0][0];
        }
        return row;
    }

    static double[][][] features(double[][] row) {
        double[][][] features = new double[row.length][1][1];
        for (int i = 0; i < row.length; i++) {
            features[i][0][0] = row[i][0];
        }
        return features;
    }

    static double[][][] joined(List<double[][][]> sets) {
        double[][][] y = new double[sets.get(0).length][][];
        for (int e = 0; e < y.length; e++) {
            List<double[]> features = new ArrayList<>();
            for (double[][][] set : sets) {
                features.addAll(List.of(set[e]));
            }
            y[e] = features.toArray(double[][]::new);
        }
        return y;
    }

    static double[][] linear(double[][] x, float[] weight, float[] bias) {
        double[][] y = new double[bias.length][1];
        for (int o = 0; o < y.length; o++) {
            y[o][0] = bias[o];
            for (int i = 0; i < x.length; i++) {
                y[o][0] += weight[o * x.length + i] * x[i][0];
            }
        }
        return y;
    }

    static double[][][] linear(double[][][] set, float[] weight, float[] bias) {
        double[][][] y = new double[set.length][][];
        for (int e = 0; e < set.length; e++) {
            y[e] = linear(set[e], weight, bias);
        }
        return y;
    }

    static double[][][] normalised(double[][][] set, float[] weight, float[] bias, double eps) {
        double[][][] y = new double[set.length][weight.length][1];
        for (int e = 0; e < set.length; e++) {
            double mean = 0;
            double squares = 0;
            for (double[] value : set[e]) {
                mean += value[0] / weight.length;
            }
            for (double[] value : set[e]) {
                squares += (value[0] - mean) * (value[0] - mean) / weight.length;
            }
            for (int f = 0; f < weight.length; f++) {
                y[e][f][0] = weight[f] * (set[e][f][0] - mean) / Math.sqrt(squares + eps) + bias[f];
            }
        }
        return y;
    }

    /** Attention without its linear maps. */
    static double[][][] mixed(double[][][] query, double[][][] key, double[][][] value, int heads, double[][][] mask) {
        int width = query[0].length / heads;
        double[][][] y = new double[query.length][query[0].length][1];
        for (int e = 0; e < query.length; e++) {
            for (int head = 0; head < heads; head++) {
                double[] share = new double[key.length];
                double sum = 0;
                for (int other = 0; other < key.length; other++) {
                    double score = 0;
                    for (int f = head * width; f < (head + 1) * width; f++) {
                        score += query[e][f][0] * key[other][f][0] / Math.sqrt(width);
                    }
                    share[other] = mask[other][0][0] * Math.exp(score);
                    sum += share[other];
                }
                for (int other = 0; other < key.length; other++) {
                    for (int f = head * width; f < (head + 1) * width; f++) {
                        y[e][f][0] += share[other] / sum * value[other][f][0];
                    }
                }
            }
        }
        return y;
    }

    static double[][][] waves(double[][][] set, int count) {
        double[][][] y = new double[set.length][2 + 4 * count][1];
        for (int e = 0; e < set.length; e++) {
            for (int axis = 0; axis < 2; axis++) {
                double p = set[e][axis][0];
                y[e][axis][0] = p;
                for (int k = 0; k < count; k++) {
                    double angle = 0.7 * Math.pow(2, k) * p;
                    y[e][2 + axis * count + k][0] = Math.sin(angle);
                    y[e][2 + 2 * count + axis * count + k][0] = Math.cos(angle);
                }
            }
        }
        return y;
    }

    static double[][][] pooled(double[][][] set, double[][][] mask) {
        int width = set[0].length;
        double[][][] y = new double[2 * width][1][1];
        for (int f = 0; f < width; f++) {
            double sum = 0;
            double count = 0;
            double largest = Double.NEGATIVE_INFINITY;
            for (int e = 0; e < set.length; e++) {
                if (mask[e][0][0] > 0.5) {
                    sum += set[e][f][0];
                    count++;
                    largest = Math.max(largest, set[e][f][0]);
                }
            }
            y[f][0][0] = sum / count;
            y[width + f][0][0] = largest;
        }
        return y;
    }
}
