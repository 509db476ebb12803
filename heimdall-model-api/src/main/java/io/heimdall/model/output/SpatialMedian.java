package io.heimdall.model.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The spatial median of a mixture by Weiszfeld's iteration over a {@link SpiralSample} of each component:
 * <pre>{@code
 * m <- sum_j w_j x_j / d_j  /  sum_j w_j / d_j,      d_j = sqrt(|x_j - m|^2 + c_k)
 * }</pre>
 *
 * <p>{@code c_k = sigmaEast sigmaNorth sqrt(1 - r^2) / n} is about the area that a point of component {@code k} stands for: it
 * smooths the sample out. The iteration begins at about the best of the components' means and the mean of all, since it is slow where
 * two far components have nearly the same weight.
 *
 * @see <a href="https://doi.org/10.1007/s10479-008-0352-z">Weiszfeld, On the point for which the sum of the distances to n
 *     given points is minimum, 1937, translated 2009</a>
 */
final class SpatialMedian {
    private static final int POINTS = 256;
    private static final int MOST_STEPS = 300;

    /** Steps shorter than this share of the harmonic mean distance end the iteration. */
    private static final double TOLERANCE = 1e-4;

    private final List<Cloud> clouds = new ArrayList<>();

    private record Cloud(double pointWeight, double smoothing, SpiralSample points) {}

    private SpatialMedian(List<MixtureTerm> components) {
        for (int k = 0; k < components.size(); k++) {
            NormalShape normal = components.get(k).shape();
            if (components.get(k).weight() > 0) {
                double smoothing = normal.sigmaEast() * normal.sigmaNorth() * normal.uncorrelated() / POINTS;
                double pointWeight = components.get(k).weight() / POINTS;
                clouds.add(new Cloud(pointWeight, smoothing, SpiralSample.of(normal, POINTS, k)));
            }
        }
    }

    /**
     * Returns the median.
     *
     * @param mean of the whole mixture
     */
    static PlanePoint of(List<MixtureTerm> components, PlanePoint mean) {
        var median = new SpatialMedian(components);
        Step step = median.step(start(components, mean));
        for (int i = 0; i < MOST_STEPS && step.length() > TOLERANCE / step.pull; i++) {
            step = median.step(step.to);
        }
        return step.to;
    }

    private static PlanePoint start(List<MixtureTerm> components, PlanePoint mean) {
        return Stream.concat(
                        Stream.of(mean), components.stream().map(c -> c.shape().mean()))
                .min(Comparator.comparingDouble(place -> roughDistance(components, place)))
                .orElseThrow();
    }

    /** Returns about the mean distance from a place. */
    private static double roughDistance(List<MixtureTerm> components, PlanePoint place) {
        double sum = 0;
        for (MixtureTerm c : components) {
            NormalShape normal = c.shape();
            double spread = Math.hypot(normal.sigmaEast(), normal.sigmaNorth());
            sum += c.weight() * Math.hypot(place.distanceTo(normal.mean()), spread);
        }
        return sum;
    }

    private record Step(PlanePoint from, PlanePoint to, double pull) {
        double length() {
            return from.distanceTo(to);
        }
    }

    private Step step(PlanePoint from) {
        double east = 0;
        double north = 0;
        double pull = 0;
        for (Cloud cloud : clouds) {
            double[] x = cloud.points.east();
            double[] y = cloud.points.north();
            for (int i = 0; i < POINTS; i++) {
                double dx = x[i] - from.east();
                double dy = y[i] - from.north();
                double distance = Math.sqrt(dx * dx + dy * dy + cloud.smoothing);
                double share = cloud.pointWeight / distance;
                east += share * dx;
                north += share * dy;
                pull += share;
            }
        }
        return new Step(from, new PlanePoint(from.east() + east / pull, from.north() + north / pull), pull);
    }
}
