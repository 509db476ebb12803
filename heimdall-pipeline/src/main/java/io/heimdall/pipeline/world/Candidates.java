package io.heimdall.pipeline.world;

/** Places that simulated sessions of one set of stations may be from. */
interface Candidates {
    /** How many there are. */
    int COUNT = 1024;

    double eastM(int candidate);

    double northM(int candidate);

    /**
     * Returns levels at a candidate, decibels.
     *
     * @param errors drawn from the stations' covariance
     */
    double[] levels(int candidate, double[] errors);

    /** Returns the log-likelihood of each candidate, up to a constant. */
    double[] logLikelihoods(double[] levels);

    /** Returns the product of a lower triangular matrix and a vector. */
    static double[] product(double[][] triangle, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            for (int k = 0; k <= i; k++) {
                product[i] += triangle[i][k] * vector[k];
            }
        }
        return product;
    }
}
