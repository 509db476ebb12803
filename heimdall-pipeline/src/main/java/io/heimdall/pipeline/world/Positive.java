package io.heimdall.pipeline.world;

import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;

/** A positive definite matrix, factored. */
final class Positive {
    private static final double SYMMETRIC = 1e-8;

    private final CholeskyDecomposition cholesky;

    Positive(double[][] matrix) {
        cholesky = new CholeskyDecomposition(MatrixUtils.createRealMatrix(matrix), SYMMETRIC, 0);
    }

    /** Returns the lower triangular {@code L} with {@code L L' = A}. */
    double[][] lower() {
        return cholesky.getL().getData();
    }

    /** Returns {@code inverse(L)}: with it, {@code |inverse(L) x|^2 = x' inverse(A) x}. */
    double[][] whitening() {
        double[][] lower = lower();
        int n = lower.length;
        double[][] inverse = new double[n][n];
        for (int column = 0; column < n; column++) {
            for (int i = column; i < n; i++) {
                double sum = i == column ? 1 : 0;
                for (int k = column; k < i; k++) {
                    sum -= lower[i][k] * inverse[k][column];
                }
                inverse[i][column] = sum / lower[i][i];
            }
        }
        return inverse;
    }

    /** Returns {@code inverse(A)}, exactly symmetric. */
    double[][] inverse() {
        RealMatrix inverse = cholesky.getSolver().getInverse();
        return inverse.add(inverse.transpose()).scalarMultiply(0.5).getData();
    }
}
