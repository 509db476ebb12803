package io.heimdall.simulation;

/**
 * The probability that stations have no recording, each being off or hearing too little.
 *
 * <p>What arrives at them is normal with mean {@code m} and covariance {@code L L^T}. With the probability {@code q} of
 * being off and the thresholds {@code T} the probability is
 * <pre>{@code
 * E[ prod_i ( q + (1 - q) [R_i < T_i] ) ]
 * }</pre>
 * For one station that is {@code q + (1 - q) Phi((T - m) / L)}. For more the stations are taken in turn, each conditional on
 * those before (the method of Geweke, Hajivassiliou and Keane), the last one exactly, the others by a lattice of
 * quasi-random points; it agrees with the true probability to about one part in a hundred.
 */
final class AbsentStations {
    private static final int TWO_STATIONS_POINTS = 24;
    private static final int MANY_STATIONS_POINTS = 256;

    private final double[][] lower;
    private final double[] thresholdDbm;
    private final double off;
    private final double[][] points;
    private final double[] normal;

    /**
     * Prepares for stations of one covariance; not thread-safe.
     *
     * @param lower {@code L}, of as many rows as stations
     * @param thresholdDbm what each station must receive to record
     * @param off probability of being off
     */
    AbsentStations(double[][] lower, double[] thresholdDbm, double off) {
        this(lower, thresholdDbm, off, lower.length == 2 ? TWO_STATIONS_POINTS : MANY_STATIONS_POINTS);
    }

    AbsentStations(double[][] lower, double[] thresholdDbm, double off, int points) {
        this.lower = lower;
        this.thresholdDbm = thresholdDbm;
        this.off = off;
        this.points = lattice(lower.length - 1, points);
        this.normal = new double[lower.length];
    }

    /** Returns the probability, given the mean in dBm of what arrives at each; one where there are no stations. */
    double probability(double[] meanDbm) {
        if (lower.length == 0) {
            return 1;
        }
        double sum = 0;
        for (double[] point : points) {
            sum += weight(meanDbm, point);
        }
        return sum / points.length;
    }

    private double weight(double[] meanDbm, double[] point) {
        double weight = 1;
        for (int i = 0; i < lower.length; i++) {
            double mean = meanDbm[i];
            for (int j = 0; j < i; j++) {
                mean += lower[i][j] * normal[j];
            }
            double below = StandardNormal.below((thresholdDbm[i] - mean) / lower[i][i]);
            double absent = off + (1 - off) * below;
            weight *= absent;
            if (i < point.length) {
                // A draw of what arrives, given absence: below the threshold anything may be, over it only if off.
                double share = point[i] * absent;
                normal[i] = StandardNormal.quantile(share < below || off == 0 ? share : below + (share - below) / off);
            }
        }
        return weight;
    }

    /** Korobov-like points of the plastic number's kin, folded: even in each dimension, and no two alike. */
    private static double[][] lattice(int dimensions, int count) {
        if (dimensions <= 0) {
            return new double[1][0];
        }
        double ratio = 2;
        for (int i = 0; i < 50; i++) {
            ratio = Math.pow(1 + ratio, 1.0 / (dimensions + 1));
        }
        double[][] points = new double[count][dimensions];
        for (int n = 0; n < count; n++) {
            for (int d = 0; d < dimensions; d++) {
                double step = dimensions == 1 ? (n + 0.5) / count : 0.5 + (n + 1) * Math.pow(ratio, -(d + 1));
                points[n][d] = step - Math.floor(step);
            }
        }
        return points;
    }
}
