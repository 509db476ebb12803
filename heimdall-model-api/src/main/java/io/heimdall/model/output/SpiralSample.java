package io.heimdall.model.output;

/**
 * A fixed sample of a normal distribution that fills it evenly, like the seeds of a sunflower. Point {@code i} of {@code n} is
 * the image of the place at radius {@code r_i} and angle {@code a_i} under the Cholesky factor of the covariance:
 * <pre>{@code
 * r_i = sqrt(-2 log(1 - (i + 1/2) / n)),      a_i = 2 pi (0.618034 i + shift)
 * }</pre>
 *
 * <p>The radii halve each of {@code n} rings of equal probability, so rings centred on the mean hold the right share to
 * {@code 1 / 2n}; the golden ratio spreads the angles of neighbouring rings.
 *
 * @param east coordinates of the points
 * @param north coordinates of the points
 * @see <a href="https://doi.org/10.1016/0025-5564(79)90080-4">Vogel, A better way to construct the sunflower head, 1979</a>
 */
@SuppressWarnings("ArrayRecordComponent") // Two columns that never leave the package.
record SpiralSample(double[] east, double[] north) {
    /** Shifts differ between components, lest the points of two equal ones fall together. */
    private static final double SHIFT = 2 * Math.PI * 0.754_877_666;

    /**
     * Samples a distribution.
     *
     * @param size number of points
     * @param number of the component, which turns the spiral
     */
    static SpiralSample of(NormalShape normal, int size, int number) {
        var sample = new SpiralSample(new double[size], new double[size]);
        write(normal, size, number, sample.east, sample.north, 0);
        return sample;
    }

    /**
     * Samples a distribution into arrays. The loops are such that the compiler computes several points in one instruction.
     *
     * @param size number of points
     * @param number of the component, which turns the spiral
     * @param east written from {@code at} on
     * @param north written from {@code at} on
     */
    static void write(NormalShape normal, int size, int number, double[] east, double[] north, int at) {
        UnitSpiral unit = UnitSpiral.of(size);
        double[] cosines = unit.cosine();
        double[] sines = unit.sine();
        double cosine = Math.cos(number * SHIFT);
        double sine = Math.sin(number * SHIFT);
        unit.squaredRadii(size, north, at);
        for (int i = 0; i < size; i++) {
            double radius = Math.sqrt(north[at + i]);
            east[at + i] = radius * (cosines[i] * cosine - sines[i] * sine);
            north[at + i] = radius * (sines[i] * cosine + cosines[i] * sine);
        }
        double meanEast = normal.meanEast();
        double meanNorth = normal.meanNorth();
        double sigmaEast = normal.sigmaEast();
        double tilted = normal.sigmaNorth() * normal.correlation();
        double upright = normal.sigmaNorth() * normal.uncorrelated();
        for (int i = at; i < at + size; i++) {
            double first = east[i];
            east[i] = meanEast + sigmaEast * first;
            north[i] = meanNorth + tilted * first + upright * north[i];
        }
    }
}
