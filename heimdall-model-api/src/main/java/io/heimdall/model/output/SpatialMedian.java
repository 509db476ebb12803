package io.heimdall.model.output;

import java.util.ArrayList;
import java.util.Arrays;
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
    /** Points per component: few of them lead near the median, from where all need only some steps. */
    private static final int FEW_POINTS = 32;

    private static final int POINTS = 256;
    private static final int MOST_STEPS = 300;

    /** Steps shorter than this share of the harmonic mean distance end the iteration. */
    private static final double TOLERANCE = 1e-4;

    private final List<Cloud> clouds = new ArrayList<>();

    /** Sums over the clouds, one for each number of a point: the compiler then computes several in one instruction. */
    private final double[] east;

    private final double[] north;
    private final double[] pull;
    private final double[] share;

    private record Cloud(double pointWeight, double smoothing, SpiralSample points) {}

    private SpatialMedian(List<MixtureTerm> components, int points) {
        east = new double[points];
        north = new double[points];
        pull = new double[points];
        share = new double[points];
        for (int k = 0; k < components.size(); k++) {
            NormalShape normal = components.get(k).shape();
            if (components.get(k).weight() > 0) {
                double smoothing = normal.sigmaEast() * normal.sigmaNorth() * normal.uncorrelated() / points;
                double pointWeight = components.get(k).weight() / points;
                clouds.add(new Cloud(pointWeight, smoothing, SpiralSample.of(normal, points, k)));
            }
        }
    }

    /**
     * Returns the median.
     *
     * @param mean of the whole mixture
     */
    static PlanePoint of(List<MixtureTerm> components, PlanePoint mean) {
        PlanePoint near = new SpatialMedian(components, FEW_POINTS).from(start(components, mean));
        return new SpatialMedian(components, POINTS).from(near);
    }

    private PlanePoint from(PlanePoint start) {
        Step step = step(start);
        for (int i = 0; i < MOST_STEPS && step.length() > TOLERANCE / step.pull; i++) {
            step = step(step.to);
        }
        return step.to;
    }

    private static PlanePoint start(List<MixtureTerm> components, PlanePoint mean) {
        return Stream.concat(
                        Stream.of(mean), components.stream().map(c -> c.shape().mean()))
                .min(Comparator.comparingDouble(place -> roughDistance(components, place)))
                .orElseThrow();
    }

    /** Returns about the mean distance from a place; {@link Math#hypot} would take half as long as all steps. */
    private static double roughDistance(List<MixtureTerm> components, PlanePoint place) {
        double sum = 0;
        for (MixtureTerm c : components) {
            NormalShape normal = c.shape();
            double east = place.east() - normal.meanEast();
            double north = place.north() - normal.meanNorth();
            double spread = normal.sigmaEast() * normal.sigmaEast() + normal.sigmaNorth() * normal.sigmaNorth();
            sum += c.weight() * Math.sqrt(east * east + north * north + spread);
        }
        return sum;
    }

    private record Step(PlanePoint from, PlanePoint to, double pull) {
        double length() {
            return from.distanceTo(to);
        }
    }

    private Step step(PlanePoint from) {
        Arrays.fill(east, 0);
        Arrays.fill(north, 0);
        Arrays.fill(pull, 0);
        for (Cloud cloud : clouds) {
            add(cloud, from.east(), from.north());
        }
        double all = sum(pull);
        return new Step(from, new PlanePoint(from.east() + sum(east) / all, from.north() + sum(north) / all), all);
    }

    private void add(Cloud cloud, double fromEast, double fromNorth) {
        double[] x = cloud.points.east();
        double[] y = cloud.points.north();
        double smoothing = cloud.smoothing;
        double weight = cloud.pointWeight;
        double[] shares = share;
        for (int i = 0; i < shares.length; i++) {
            double dx = x[i] - fromEast;
            double dy = y[i] - fromNorth;
            shares[i] = weight / Math.sqrt(dx * dx + dy * dy + smoothing);
        }
        addMoments(shares, x, fromEast, east);
        addMoments(shares, y, fromNorth, north);
        double[] pulls = pull;
        for (int i = 0; i < shares.length; i++) {
            pulls[i] += shares[i];
        }
    }

    private static void addMoments(double[] shares, double[] places, double from, double[] sums) {
        for (int i = 0; i < shares.length; i++) {
            sums[i] += shares[i] * (places[i] - from);
        }
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }
}
