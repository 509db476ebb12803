package io.heimdall.model.output;

import java.util.Arrays;
import java.util.List;

/** The log density of a mixture, prepared for many places: logarithms and divisions are done once per component. */
final class MixtureDensity {
    /** A term this far below the largest one, in nats, is below the rounding of the sum. */
    private static final double NEGLIGIBLE = 40;

    private static final int FIELDS = 6;

    /** So many places at a time stay in the nearest cache. */
    private static final int BLOCK = 512;

    /** Below every term that a float can state, and finite, so that differences from it are numbers. */
    private static final float LOWEST = -1e38f;

    /** For each component of a weight above 0: log of weight times peak, mean, the inverse of the Cholesky factor. */
    private final double[] terms;

    MixtureDensity(List<MixtureTerm> components) {
        List<MixtureTerm> some = components.stream().filter(c -> c.weight() > 0).toList();
        terms = new double[FIELDS * some.size()];
        for (int i = 0, t = 0; i < some.size(); i++, t += FIELDS) {
            NormalShape normal = some.get(i).shape();
            terms[t] = Math.log(some.get(i).weight()) + normal.peakLogDensity();
            terms[t + 1] = normal.meanEast();
            terms[t + 2] = normal.meanNorth();
            terms[t + 3] = 1 / normal.sigmaEast();
            terms[t + 4] = 1 / (normal.sigmaNorth() * normal.uncorrelated());
            terms[t + 5] = normal.correlation() / normal.uncorrelated();
        }
    }

    /**
     * Returns the natural logarithms of the density at many places, in single precision: the error is about 1e-6, and 1e-7 of how
     * far the place is below the mode. The loops are such that the compiler computes eight places in one instruction.
     */
    double[] logs(double[] east, double[] north) {
        double[] logs = new double[east.length];
        double highest = highestPeak();
        Block block = new Block(terms.length / FIELDS);
        for (int from = 0; from < logs.length; from += BLOCK) {
            int count = Math.min(BLOCK, logs.length - from); // in the last block, places of the one before follow
            split(east, from, count, block.x, block.xRest);
            split(north, from, count, block.y, block.yRest);
            Arrays.fill(block.largest, LOWEST);
            for (int k = 0; k < block.each.length; k++) {
                term(FIELDS * k, highest, block, block.each[k]);
                raise(block.largest, block.each[k]);
            }
            Arrays.fill(block.sum, 0);
            for (float[] term : block.each) {
                addExponentials(term, block.largest, block.sum);
            }
            for (int i = 0; i < count; i++) {
                logs[from + i] = highest + block.largest[i] + Math.log(block.sum[i]);
            }
        }
        return logs;
    }

    /** Some places, each coordinate as the sum of two floats, and what is computed of them. */
    private static final class Block {
        private final float[] x = new float[BLOCK];
        private final float[] xRest = new float[BLOCK];
        private final float[] y = new float[BLOCK];
        private final float[] yRest = new float[BLOCK];
        private final float[] largest = new float[BLOCK];
        private final float[] sum = new float[BLOCK];
        private final float[][] each;

        Block(int components) {
            each = new float[components][BLOCK];
        }
    }

    /** Components far apart may be tiny, so that the place within one needs more digits than a float has. */
    private static void split(double[] numbers, int from, int count, float[] out, float[] rest) {
        for (int i = 0; i < count; i++) {
            float near = (float) numbers[from + i];
            out[i] = near;
            rest[i] = (float) (numbers[from + i] - near);
        }
    }

    /** Returns the largest of the components' weighted peaks, which a log density is stated from. */
    private double highestPeak() {
        double highest = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < terms.length; t += FIELDS) {
            highest = Math.max(highest, terms[t]);
        }
        return highest;
    }

    private void term(int t, double highest, Block block, float[] out) {
        float peak = (float) (terms[t] - highest);
        float meanEast = (float) terms[t + 1];
        float eastRest = (float) (terms[t + 1] - meanEast);
        float meanNorth = (float) terms[t + 2];
        float northRest = (float) (terms[t + 2] - meanNorth);
        float perEast = (float) terms[t + 3];
        float perNorth = (float) terms[t + 4];
        float tilt = (float) terms[t + 5];
        float[] x = block.x;
        float[] xRest = block.xRest;
        float[] y = block.y;
        float[] yRest = block.yRest;
        for (int i = 0; i < out.length; i++) {
            float a = (x[i] - meanEast + (xRest[i] - eastRest)) * perEast;
            float b = (y[i] - meanNorth + (yRest[i] - northRest)) * perNorth - tilt * a;
            out[i] = peak - (a * a + b * b) * 0.5f;
        }
    }

    private static void raise(float[] largest, float[] term) {
        for (int i = 0; i < largest.length; i++) {
            largest[i] = Math.max(largest[i], term[i]);
        }
    }

    /** Adds {@code exp(term - largest)}, as the 32nd power of a Taylor polynomial; what is below exp(-20) counts as that. */
    private static void addExponentials(float[] term, float[] largest, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            float x = Math.max(term[i] - largest[i], -20) * (1 / 32f);
            float p = 1 + x * (1 + x * (1 / 2f + x * (1 / 6f + x * (1 / 24f))));
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            p *= p;
            sum[i] += p;
        }
    }

    /** Returns the natural logarithm of the density: a running log-sum-exp, which neither overflows nor underflows. */
    double log(double east, double north) {
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        for (int t = 0; t < terms.length; t += FIELDS) {
            double a = (east - terms[t + 1]) * terms[t + 3];
            double b = (north - terms[t + 2]) * terms[t + 4] - terms[t + 5] * a;
            double term = terms[t] - (a * a + b * b) / 2;
            if (term > largest) {
                sum = 1 + (largest < term - NEGLIGIBLE ? 0 : sum * Math.exp(largest - term));
                largest = term;
            } else if (term > largest - NEGLIGIBLE) {
                sum += Math.exp(term - largest);
            }
        }
        return sum == 0 ? Double.NEGATIVE_INFINITY : largest + Math.log(sum);
    }
}
