package io.heimdall.model.output;

import java.util.List;

/** The log density of a mixture, prepared for many places: logarithms and divisions are done once per component. */
final class MixtureDensity {
    /** A term this far below the largest one, in nats, is below the rounding of the sum. */
    private static final double NEGLIGIBLE = 40;

    private static final int FIELDS = 6;

    /** For each component of a weight above 0: log of weight times peak, mean, the inverse of the Cholesky factor. */
    private final double[] terms;

    MixtureDensity(List<WeightedNormal> components) {
        List<WeightedNormal> some =
                components.stream().filter(c -> c.weight() > 0).toList();
        terms = new double[FIELDS * some.size()];
        for (int i = 0, t = 0; i < some.size(); i++, t += FIELDS) {
            NormalDistribution normal = some.get(i).normal();
            terms[t] = Math.log(some.get(i).weight()) + normal.peakLogDensity();
            terms[t + 1] = normal.meanEast();
            terms[t + 2] = normal.meanNorth();
            terms[t + 3] = 1 / normal.sigmaEast();
            terms[t + 4] = 1 / (normal.sigmaNorth() * normal.uncorrelated());
            terms[t + 5] = normal.correlation() / normal.uncorrelated();
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
