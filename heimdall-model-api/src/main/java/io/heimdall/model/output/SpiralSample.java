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
    private static final double TURN = Math.PI * (Math.sqrt(5) - 1);

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
        double cosine = Math.cos(number * SHIFT);
        double sine = Math.sin(number * SHIFT);
        double turnCosine = Math.cos(TURN);
        double turnSine = Math.sin(TURN);
        for (int i = 0; i < size; i++) {
            double radius = Math.sqrt(-2 * Math.log((size - i - 0.5) / size));
            PlanePoint point = normal.at(radius * cosine, radius * sine);
            sample.east[i] = point.east();
            sample.north[i] = point.north();
            double turned = cosine * turnCosine - sine * turnSine;
            sine = sine * turnCosine + cosine * turnSine;
            cosine = turned;
        }
        return sample;
    }
}
