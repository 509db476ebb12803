package io.heimdall.simulation;

/** The lower triangular {@code L} with {@code L L^T = A} of a positive definite matrix. */
final class Cholesky {
    private Cholesky() {}

    /** Returns {@code L}, zero over the diagonal. */
    static double[][] factor(double[][] matrix) {
        int n = matrix.length;
        double[][] lower = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i != j) {
                    lower[i][j] = sum / lower[j][j];
                } else if (sum > 0) {
                    lower[i][i] = Math.sqrt(sum);
                } else {
                    throw new IllegalArgumentException("a covariance is not positive definite in row " + i);
                }
            }
        }
        return lower;
    }

    /** Solves {@code L x = b} in place. */
    static void solve(double[][] lower, double[] vector) {
        for (int i = 0; i < lower.length; i++) {
            double sum = vector[i];
            for (int k = 0; k < i; k++) {
                sum -= lower[i][k] * vector[k];
            }
            vector[i] = sum / lower[i][i];
        }
    }
}
