package io.heimdall.pipeline.world;

/**
 * The sums of products of the columns of two tables.
 *
 * @param sums {@code sums[i][j]} is the sum over the rows of {@code a[i] * b[j]}
 */
record Moments(double[][] sums) {

    static Moments of(double[][] a, double[][] b) {
        int columns = a[0].length;
        double[][] sums = new double[columns][columns];
        for (int row = 0; row < a.length; row++) {
            for (int i = 0; i < columns; i++) {
                double factor = a[row][i];
                for (int j = 0; j < columns; j++) {
                    sums[i][j] += factor * b[row][j];
                }
            }
        }
        return new Moments(sums);
    }

    double sum(int i, int j) {
        return sums[i][j];
    }
}
