package io.heimdall.pipeline.location;

import java.util.Arrays;
import java.util.List;

/**
 * A robust fit of the stations' constant errors to residuals, by weighted least squares that are weighted again: a residual beyond
 * some sigmas loses its weight (Cauchy).
 *
 * <p>Each residual is the error of one station, or of one less another. A weak prior around 0, a hundred times as wide as the residuals,
 * settles what they leave open: the errors of all stations together make no delay.
 *
 * @see <a href="https://doi.org/10.1080/03610927708827533">Holland and Welsch, Robust regression using iteratively reweighted
 *     least-squares, 1977</a>
 */
final class ErrorFit {
    private static final int STEPS = 30;
    private static final double TUNING = 2.385;
    private static final double PRIOR_WIDTH = 100;

    private final int stations;
    private final double[][] precision;
    private final double[] sums;
    private double[] errors;
    private double[][] covariance;
    private double priorSigma = 1;

    /**
     * One residual.
     *
     * @param plus the station whose error it has
     * @param minus the station whose error it has with the other sign, or -1
     * @param value in any unit
     * @param sigma in the same
     * @param power of its likelihood: below 1 where residuals depend on each other
     */
    record Residual(int plus, int minus, double value, double sigma, double power) {}

    ErrorFit(int stations) {
        this.stations = stations;
        precision = new double[stations][stations];
        sums = new double[stations];
        errors = new double[stations];
    }

    /** Fits; of the errors and their covariance the unit is the residuals'. */
    ErrorFit fit(List<Residual> residuals) {
        priorSigma = PRIOR_WIDTH
                * Math.sqrt(residuals.stream()
                        .mapToDouble(one -> one.value * one.value + one.sigma * one.sigma)
                        .average()
                        .orElse(1));
        for (int step = 0; step < STEPS; step++) {
            for (int i = 0; i < stations; i++) {
                Arrays.fill(precision[i], 0);
                precision[i][i] = 1 / (priorSigma * priorSigma);
            }
            Arrays.fill(sums, 0);
            for (Residual residual : residuals) {
                add(residual);
            }
            covariance = inverse(precision);
            errors = product(covariance, sums);
        }
        return this;
    }

    private void add(Residual residual) {
        double z = (residual.value - expected(residual)) / (TUNING * residual.sigma);
        double weight = residual.power / (residual.sigma * residual.sigma * (1 + z * z));
        precision[residual.plus][residual.plus] += weight;
        sums[residual.plus] += weight * residual.value;
        if (residual.minus >= 0) {
            precision[residual.minus][residual.minus] += weight;
            precision[residual.plus][residual.minus] -= weight;
            precision[residual.minus][residual.plus] -= weight;
            sums[residual.minus] -= weight * residual.value;
        }
    }

    private double expected(Residual residual) {
        return errors[residual.plus] - (residual.minus < 0 ? 0 : errors[residual.minus]);
    }

    double error(int station) {
        return errors[station];
    }

    double sigma(int station) {
        return Math.sqrt(covariance[station][station]);
    }

    /** Returns whether residuals tie two stations together, so that the difference of their errors is known. */
    boolean tied(int station, int other) {
        return sigma(station, other) < priorSigma / 3;
    }

    /** Returns one sigma of the difference of two stations' errors. */
    double sigma(int station, int other) {
        return Math.sqrt(
                Math.max(0, covariance[station][station] + covariance[other][other] - 2 * covariance[station][other]));
    }

    /** Returns one sigma of a station's error less the mean of all, which is all that differences tell. */
    double sigmaAgainstMean(int station) {
        double[] against = new double[stations];
        Arrays.fill(against, -1.0 / stations);
        against[station] += 1;
        double[] spread = product(covariance, against);
        double variance = 0;
        for (int i = 0; i < stations; i++) {
            variance += against[i] * spread[i];
        }
        return Math.sqrt(Math.max(0, variance));
    }

    private static double[] product(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            for (int k = 0; k < vector.length; k++) {
                product[i] += matrix[i][k] * vector[k];
            }
        }
        return product;
    }

    /** Returns the inverse of a symmetric matrix that is positive definite, by Gauss and Jordan without pivots. */
    private static double[][] inverse(double[][] matrix) {
        int n = matrix.length;
        double[][] left = new double[n][];
        double[][] right = new double[n][n];
        for (int i = 0; i < n; i++) {
            left[i] = matrix[i].clone();
            right[i][i] = 1;
        }
        for (int column = 0; column < n; column++) {
            double pivot = left[column][column];
            for (int k = 0; k < n; k++) {
                left[column][k] /= pivot;
                right[column][k] /= pivot;
            }
            for (int row = 0; row < n; row++) {
                double factor = left[row][column];
                for (int k = 0; k < n && row != column; k++) {
                    left[row][k] -= factor * left[column][k];
                    right[row][k] -= factor * right[column][k];
                }
            }
        }
        return right;
    }
}
