package io.heimdall.model.output;

import java.util.List;

/** A normal distribution over the plane, or a mixture of several. */
public sealed interface GaussianDistribution extends PredictiveDistribution permits NormalDistribution, NormalMixture {

    /** Returns the normal distributions that this one is the weighted sum of; the weights add up to 1. */
    List<WeightedNormal> components();

    /** Returns the distribution of east alone. */
    default AxisDistribution east() {
        return AxisDistribution.of(components(), NormalDistribution::meanEast, NormalDistribution::sigmaEast);
    }

    /** Returns the distribution of north alone. */
    default AxisDistribution north() {
        return AxisDistribution.of(components(), NormalDistribution::meanNorth, NormalDistribution::sigmaNorth);
    }

    @Override
    GaussianDistribution map(AffineMap map);

    /**
     * Returns the same distribution with every sigma of every component multiplied by a factor; the means stay.
     *
     * @param factor above 0
     */
    GaussianDistribution withSigmasTimes(double factor);
}
