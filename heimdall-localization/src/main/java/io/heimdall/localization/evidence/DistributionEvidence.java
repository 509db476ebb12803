package io.heimdall.localization.evidence;

import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.model.output.PlanePoint;
import io.heimdall.model.output.PredictiveDistribution;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Evidence that is a distribution over the plane: levels through a network's mixture, or a prior of places. */
public final class DistributionEvidence implements Evidence {
    private final PredictiveDistribution distribution;
    private final List<NormalMixture.Component> components;

    /** The mixture by its blur: a grid asks for as many blurs as it has sizes of cells, and for each of them at many places. */
    private final Map<Double, NormalMixture> blurred = new ConcurrentHashMap<>();

    private DistributionEvidence(PredictiveDistribution distribution, List<NormalMixture.Component> components) {
        this.distribution = distribution;
        this.components = components;
    }

    /**
     * Returns a distribution as evidence. A normal distribution and a mixture are blurred exactly, others are not.
     *
     * @param distribution in metres on the plane of the other evidence
     */
    public static DistributionEvidence of(PredictiveDistribution distribution) {
        return new DistributionEvidence(
                distribution,
                distribution instanceof GaussianDistribution gaussian
                        ? gaussian.components().stream()
                                .filter(component -> component.weight() > 0)
                                .toList()
                        : List.of());
    }

    /**
     * Returns evidence that a transmitter is one of several places, for instance where transmitters were before.
     *
     * @param places in metres on the plane
     * @param sigmaM how far from such a place it may be, one sigma along each axis, above 0
     * @throws IllegalArgumentException if there is no place or the sigma is not above 0 and finite
     */
    public static DistributionEvidence priorOf(List<PlanePoint> places, double sigmaM) {
        if (places.isEmpty()) {
            throw new IllegalArgumentException("a prior of places has one place or more, found none");
        }
        return of(new NormalMixture(places.stream()
                .map(place -> new NormalMixture.Component(
                        1, new NormalDistribution(place.east(), place.north(), sigmaM, sigmaM, 0)))
                .toList()));
    }

    @Override
    public double logDensity(double eastM, double northM, double blurM) {
        if (blurM == 0 || components.isEmpty()) {
            return distribution.logDensity(eastM, northM);
        }
        return blurred.computeIfAbsent(blurM, this::blurred).logDensity(eastM, northM);
    }

    private NormalMixture blurred(double blurM) {
        return new NormalMixture(components.stream()
                .map(one -> new NormalMixture.Component(one.weight(), blurred(one.normal(), blurM)))
                .toList());
    }

    private static NormalDistribution blurred(NormalDistribution normal, double blurM) {
        Covariance c = normal.covariance();
        double more = blurM * blurM;
        return NormalDistribution.of(
                normal.mean(), new Covariance(c.eastEast() + more, c.eastNorth(), c.northNorth() + more));
    }
}
