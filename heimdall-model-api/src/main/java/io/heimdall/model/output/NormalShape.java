package io.heimdall.model.output;

/** The numbers of a {@link NormalDistribution}, which has checked them, and what follows from them. */
record NormalShape(double meanEast, double meanNorth, double sigmaEast, double sigmaNorth, double correlation) {

    PlanePoint mean() {
        return new PlanePoint(meanEast, meanNorth);
    }

    /** Returns the place that two independent standard normal numbers lead to (Cholesky factor of the covariance). */
    PlanePoint at(double first, double second) {
        return new PlanePoint(
                meanEast + sigmaEast * first, meanNorth + sigmaNorth * (correlation * first + uncorrelated() * second));
    }

    /** Returns the natural logarithm of the density at the mean. */
    double peakLogDensity() {
        return -Math.log(2 * Math.PI) - Math.log(sigmaEast) - Math.log(sigmaNorth) - Math.log(uncorrelated());
    }

    /** Returns {@code sqrt(1 - r^2)}; the product does not cancel near a correlation of 1. */
    double uncorrelated() {
        return Math.sqrt((1 - correlation) * (1 + correlation));
    }

    /** Returns {@code q}, the squared Mahalanobis distance from the mean, as a sum of squares. */
    double squaredDistance(double east, double north) {
        double a = (east - meanEast) / sigmaEast;
        double b = (north - meanNorth) / sigmaNorth;
        double c = (b - correlation * a) / uncorrelated();
        return a * a + c * c;
    }
}
