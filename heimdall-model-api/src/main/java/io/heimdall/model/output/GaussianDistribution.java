package io.heimdall.model.output;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** A normal distribution over the plane, or a mixture of several. */
public sealed interface GaussianDistribution extends PredictiveDistribution permits NormalDistribution, NormalMixture {

    /** Returns the normal distributions that this one is the weighted sum of; the weights add up to 1. */
    List<NormalMixture.Component> components();

    /** Returns the distribution of east alone. */
    default AxisDistribution east() {
        return axis(NormalDistribution::meanEast, NormalDistribution::sigmaEast);
    }

    /** Returns the distribution of north alone. */
    default AxisDistribution north() {
        return axis(NormalDistribution::meanNorth, NormalDistribution::sigmaNorth);
    }

    private AxisDistribution axis(
            ToDoubleFunction<NormalDistribution> mean, ToDoubleFunction<NormalDistribution> sigma) {
        List<NormalMixture.Component> all = components();
        return new AxisDistribution(
                all.stream().mapToDouble(NormalMixture.Component::weight).toArray(),
                all.stream().mapToDouble(c -> mean.applyAsDouble(c.normal())).toArray(),
                all.stream().mapToDouble(c -> sigma.applyAsDouble(c.normal())).toArray());
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
