package io.heimdall.backend.dl4j;

import java.util.Arrays;
import java.util.List;

/**
 * The middle of a multi-head attention: of queries, keys and values, each (batch * elements, width), the values of each set's
 * elements mixed by the softmax of the scores, for each head apart.
 *
 * @param step gives the mask
 * @param mask name of the input that is 1 for the elements to look at
 * @param heads number of heads
 */
record AttentionRows(CurrentStep step, String mask, int heads) implements RowOperation {

    @Override
    public Result forward(List<Numbers> inputs, double[] parameters) {
        Numbers output = inputs.get(0).zeros();
        Heads all = new Heads(
                inputs.get(0),
                inputs.get(1),
                inputs.get(2),
                step.values(mask),
                output.rows() / step.sets(),
                output.width() / heads);
        double[] shares = new double[heads * output.rows() * all.elements];
        for (int row = 0; row < output.rows(); row++) {
            for (int head = 0; head < heads; head++) {
                int at = (row * heads + head) * all.elements;
                all.mix(row, head, shares, at, output.values());
            }
        }
        return new Result(output, (byOutput, none) -> {
            Numbers[] by = {output.zeros(), output.zeros(), output.zeros()};
            double[] scratch = new double[all.elements];
            for (int row = 0; row < output.rows(); row++) {
                for (int head = 0; head < heads; head++) {
                    int at = (row * heads + head) * all.elements;
                    all.back(row, head, shares, at, byOutput.values(), by, scratch);
                }
            }
            return List.of(by);
        });
    }

    /** The inputs of one step; {@code length} is the width of one head. */
    private record Heads(Numbers query, Numbers key, Numbers value, float[] looked, int elements, int length) {

        /** Writes the shares of one row's elements from {@code at}, and their mixture. */
        void mix(int row, int head, double[] shares, int at, double[] mixed) {
            int first = row - row % elements;
            int from = row * query.width() + head * length;
            double scale = 1 / Math.sqrt(length);
            double top = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < elements; j++) {
                if (looked[first + j] > 0) {
                    int other = (first + j) * query.width() + head * length;
                    shares[at + j] = scale * product(query.values(), from, key.values(), other);
                    top = Math.max(top, shares[at + j]);
                }
            }
            double sum = 0;
            for (int j = 0; j < elements; j++) {
                shares[at + j] = looked[first + j] > 0 ? Math.exp(shares[at + j] - top) : 0;
                sum += shares[at + j];
            }
            for (int j = 0; j < elements; j++) {
                shares[at + j] /= sum;
                if (looked[first + j] > 0) {
                    int other = (first + j) * query.width() + head * length;
                    add(shares[at + j], value.values(), other, mixed, from);
                }
            }
        }

        /** Adds what one row's mixture gives to the derivatives at queries, keys and values. */
        void back(int row, int head, double[] shares, int at, double[] slope, Numbers[] by, double[] scratch) {
            int first = row - row % elements;
            int from = row * query.width() + head * length;
            double mean = 0;
            Arrays.fill(scratch, 0);
            for (int j = 0; j < elements; j++) {
                if (looked[first + j] > 0) {
                    int other = (first + j) * query.width() + head * length;
                    scratch[j] = product(slope, from, value.values(), other);
                    mean += shares[at + j] * scratch[j];
                    add(shares[at + j], slope, from, by[2].values(), other);
                }
            }
            double scale = 1 / Math.sqrt(length);
            for (int j = 0; j < elements; j++) {
                if (looked[first + j] > 0) {
                    int other = (first + j) * query.width() + head * length;
                    double byScore = scale * shares[at + j] * (scratch[j] - mean);
                    add(byScore, key.values(), other, by[0].values(), from);
                    add(byScore, query.values(), from, by[1].values(), other);
                }
            }
        }

        private double product(double[] a, int aFrom, double[] b, int bFrom) {
            double sum = 0;
            for (int i = 0; i < length; i++) {
                sum += a[aFrom + i] * b[bFrom + i];
            }
            return sum;
        }

        private void add(double factor, double[] a, int aFrom, double[] to, int toFrom) {
            for (int i = 0; i < length; i++) {
                to[toFrom + i] += factor * a[aFrom + i];
            }
        }
    }
}
