package io.heimdall.pipeline.world;

import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * The one deviation that all stations of a law have in common, such as that of the transmitter's power. Each correlation of two stations
 * is approximately the product of their shares.
 *
 * @param shares of the stations' deviations, each above -1 and below 1
 * @see <a href="https://doi.org/10.1007/BF02289233">Thomson, Thurstone and others: principal factor analysis, as in Harman, Modern
 *     factor analysis, 1976</a>
 */
record CommonFactor(double[] shares) {
    private static final int ROUNDS = 50;
    private static final double LARGEST = 0.95;

    /**
     * Fits the shares: the diagonal is replaced by their squares until it stays.
     *
     * @param correlation symmetric, with ones on its diagonal
     */
    static CommonFactor of(double[][] correlation) {
        int stations = correlation.length;
        double[] shares = new double[stations];
        for (int i = 0; i < stations; i++) {
            double sum = 0;
            for (int j = 0; j < stations; j++) {
                sum += i == j ? 0 : Math.abs(correlation[i][j]);
            }
            shares[i] = Math.sqrt(Math.min(LARGEST, sum / Math.max(1, stations - 1)));
        }
        RealMatrix reduced = MatrixUtils.createRealMatrix(correlation);
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < stations; i++) {
                reduced.setEntry(i, i, shares[i] * shares[i]);
            }
            shares = largest(new EigenDecomposition(reduced));
        }
        return new CommonFactor(shares);
    }

    private static double[] largest(EigenDecomposition decomposition) {
        double[] values = decomposition.getRealEigenvalues();
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            best = values[k] > values[best] ? k : best;
        }
        double scale = Math.sqrt(Math.max(0, values[best]));
        double[] vector = decomposition.getEigenvector(best).toArray();
        for (int i = 0; i < vector.length; i++) {
            vector[i] = Math.max(-LARGEST, Math.min(LARGEST, scale * vector[i]));
        }
        return vector;
    }
}
