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
     * Returns the natural logarithms of the density at many places, to about 1e-8. The loops are such that the compiler computes
     * several places in one instruction.
     */
    double[] logs(double[] east, double[] north) {
        double[] logs = new double[east.length];
        double[] x = new double[BLOCK];
        double[] y = new double[BLOCK];
        double[][] each = new double[terms.length / FIELDS][BLOCK];
        double[] largest = new double[BLOCK];
        double[] sum = new double[BLOCK];
        for (int from = 0; from < logs.length; from += BLOCK) {
            int count = Math.min(BLOCK, logs.length - from); // in the last block, places of the one before follow
            System.arraycopy(east, from, x, 0, count);
            System.arraycopy(north, from, y, 0, count);
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
            for (int k = 0; k < each.length; k++) {
                double[] term = each[k];
                term(FIELDS * k, x, y, term);
                for (int i = 0; i < term.length; i++) {
                    largest[i] = Math.max(largest[i], term[i]);
                }
            }
            Arrays.fill(sum, 0);
            for (double[] term : each) {
                addExponentials(term, largest, sum);
            }
            for (int i = 0; i < count; i++) {
                logs[from + i] = largest[i] + Math.log(sum[i]);
            }
        }
        return logs;
    }

    private void term(int t, double[] east, double[] north, double[] out) {
        double peak = terms[t];
        double meanEast = terms[t + 1];
        double meanNorth = terms[t + 2];
        double perEast = terms[t + 3];
        double perNorth = terms[t + 4];
        double tilt = terms[t + 5];
        for (int i = 0; i < out.length; i++) {
            double a = (east[i] - meanEast) * perEast;
            double b = (north[i] - meanNorth) * perNorth - tilt * a;
            out[i] = peak - (a * a + b * b) * 0.5;
        }
    }

    /** Adds {@code exp(term - largest)}, as the 32nd power of a Taylor polynomial; what is below exp(-20) counts as that. */
    private static void addExponentials(double[] term, double[] largest, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            double x = Math.max(term[i] - largest[i], -20) * (1 / 32.0);
            double p = 1 + x * (1 + x * (1 / 2.0 + x * (1 / 6.0 + x * (1 / 24.0 + x * (1 / 120.0 + x * (1 / 720.0))))));
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
