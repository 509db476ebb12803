package io.heimdall.model.output;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A normal distribution over the plane. With {@code a = (east - meanEast) / sigmaEast}, {@code b} alike for north and the
 * correlation {@code r}, its density is
 * <pre>{@code
 * exp(-q / 2) / (2 pi sigmaEast sigmaNorth sqrt(1 - r^2)),     q = (a^2 - 2 r a b + b^2) / (1 - r^2)
 * }</pre>
 *
 * <p>{@code q} has a chi-squared distribution of two degrees of freedom, which is why the credible level of a place is
 * {@code 1 - exp(-q / 2)} and the region of level {@code L} has the area
 * {@code -2 log(1 - L) pi sigmaEast sigmaNorth sqrt(1 - r^2)}.
 *
 * @param meanEast mean, in the unit of the plane
 * @param meanNorth mean, in the unit of the plane
 * @param sigmaEast standard deviation, above 0
 * @param sigmaNorth standard deviation, above 0
 * @param correlation of east and north, above -1 and below 1
 */
public record NormalDistribution(
        double meanEast, double meanNorth, double sigmaEast, double sigmaNorth, double correlation)
        implements GaussianDistribution {

    /** Checks the ranges. */
    public NormalDistribution {
        if (!Double.isFinite(meanEast) || !Double.isFinite(meanNorth)) {
            throw new IllegalArgumentException("mean " + meanEast + ", " + meanNorth + " is not finite");
        }
        if (!isSigma(sigmaEast) || !isSigma(sigmaNorth)) {
            throw new IllegalArgumentException(
                    "sigma " + sigmaEast + ", " + sigmaNorth + ": both must be above 0 and finite");
        }
        if (!(Math.abs(correlation) < 1)) {
            throw new IllegalArgumentException("correlation " + correlation + " is not above -1 and below 1");
        }
    }

    private static boolean isSigma(double sigma) {
        return sigma > 0 && sigma < Double.POSITIVE_INFINITY;
    }

    /** Returns the normal distribution of a mean and a covariance matrix. */
    public static NormalDistribution of(PlanePoint mean, Covariance covariance) {
        return new NormalDistribution(
                mean.east(), mean.north(), covariance.sigmaEast(), covariance.sigmaNorth(), covariance.correlation());
    }

    @Override
    public double logDensity(double east, double north) {
        NormalShape shape = shape();
        return shape.peakLogDensity() - shape.squaredDistance(east, north) / 2;
    }

    @Override
    public PlanePoint mean() {
        return new PlanePoint(meanEast, meanNorth);
    }

    @Override
    public Covariance covariance() {
        return new Covariance(sigmaEast * sigmaEast, correlation * sigmaEast * sigmaNorth, sigmaNorth * sigmaNorth);
    }

    /** Returns the mean, since the density is symmetric about it. */
    @Override
    public PlanePoint spatialMedian() {
        return mean();
    }

    @Override
    public double credibleLevel(double east, double north) {
        return -Math.expm1(-shape().squaredDistance(east, north) / 2);
    }

    /** Returns the Mahalanobis distance of the place from the mean. */
    @Override
    public double credibleRadius(double east, double north) {
        return Math.sqrt(shape().squaredDistance(east, north));
    }

    @Override
    public HighestDensityRegion highestDensityRegion(double level) {
        double logOutside = Math.log1p(-level);
        double area = -2 * Math.PI * logOutside * sigmaEast * sigmaNorth * shape().uncorrelated();
        return new HighestDensityRegion(level, shape().peakLogDensity() + logOutside, area);
    }

    @Override
    public PlanePoint sample(RandomGenerator random) {
        return shape().at(random.nextGaussian(), random.nextGaussian());
    }

    @Override
    public NormalDistribution map(AffineMap map) {
        PlanePoint mean = map.apply(mean());
        return new NormalDistribution(
                mean.east(),
                mean.north(),
                Math.abs(map.scaleEast()) * sigmaEast,
                Math.abs(map.scaleNorth()) * sigmaNorth,
                Math.signum(map.scaleEast()) * Math.signum(map.scaleNorth()) * correlation);
    }

    @Override
    public NormalDistribution withSigmasTimes(double factor) {
        return new NormalDistribution(meanEast, meanNorth, factor * sigmaEast, factor * sigmaNorth, correlation);
    }

    /** Returns this distribution alone, with weight 1. */
    @Override
    public List<NormalMixture.Component> components() {
        return List.of(new NormalMixture.Component(1, this));
    }

    /** Returns the numbers, for those who compute with many. */
    NormalShape shape() {
        return new NormalShape(meanEast, meanNorth, sigmaEast, sigmaNorth, correlation);
    }
}
