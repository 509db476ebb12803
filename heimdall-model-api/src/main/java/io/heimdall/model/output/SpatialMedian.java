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

    private static final int MOST_POINTS = 256;

    /** Points that the components share equally; each has a few. */
    private static final int ALL_POINTS = 4096;

    private static final int MOST_STEPS = 300;

    /** Steps shorter than this share of the harmonic mean distance end the iteration. */
    private static final float TOLERANCE = 1e-4f;

    /** What the places of the clouds are measured from, and in: so single precision has digits enough near the median. */
    private final PlanePoint origin;

    private final double unit;
    private final List<Cloud> clouds = new ArrayList<>();

    /** Sums over the clouds, one for each number of a point: the compiler then computes several in one instruction. */
    private final float[] east;

    private final float[] north;
    private final float[] pull;
    private final float[] share;

    @SuppressWarnings("ArrayRecordComponent") // It never leaves this class.
    private record Cloud(float pointWeight, float smoothing, float[] east, float[] north) {}

    private SpatialMedian(List<MixtureTerm> components, int points, PlanePoint origin, double unit) {
        this.origin = origin;
        this.unit = unit;
        east = new float[points];
        north = new float[points];
        pull = new float[points];
        share = new float[points];
        for (int k = 0; k < components.size(); k++) {
            if (components.get(k).weight() > 0) {
                clouds.add(cloud(components.get(k), k, points));
            }
        }
    }

    private Cloud cloud(MixtureTerm component, int number, int points) {
        NormalShape normal = component.shape();
        SpiralSample sample = SpiralSample.of(normal, points, number);
        double area = normal.sigmaEast() / unit * (normal.sigmaNorth() / unit) * normal.uncorrelated();
        return new Cloud(
                (float) (component.weight() / points),
                Math.max((float) (area / points), Float.MIN_NORMAL),
                scaled(sample.east(), origin.east()),
                scaled(sample.north(), origin.north()));
    }

    private float[] scaled(double[] coordinates, double from) {
        float[] scaled = new float[coordinates.length];
        double perUnit = 1 / unit;
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) ((coordinates[i] - from) * perUnit);
        }
        return scaled;
    }

    /**
     * Returns the median.
     *
     * @param mean of the whole mixture
     */
    static PlanePoint of(List<MixtureTerm> components, PlanePoint mean) {
        PlanePoint start = start(components, mean);
        double unit = roughDistance(components, start);
        PlanePoint near = new SpatialMedian(components, FEW_POINTS, start, unit).found();
        int points = Math.max(FEW_POINTS, Math.min(MOST_POINTS, ALL_POINTS / components.size()));
        return new SpatialMedian(components, points, near, unit).found();
    }

    private PlanePoint found() {
        Step step = step(0, 0);
        for (int i = 0; i < MOST_STEPS && step.length() * step.pull > TOLERANCE; i++) {
            step = step(step.toEast, step.toNorth);
        }
        return new PlanePoint(origin.east() + unit * step.toEast, origin.north() + unit * step.toNorth);
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

    private record Step(float fromEast, float fromNorth, float toEast, float toNorth, float pull) {
        double length() {
            return Math.hypot(toEast - fromEast, toNorth - fromNorth);
        }
    }

    private Step step(float fromEast, float fromNorth) {
        Arrays.fill(east, 0);
        Arrays.fill(north, 0);
        Arrays.fill(pull, 0);
        for (Cloud cloud : clouds) {
            add(cloud, fromEast, fromNorth);
        }
        float all = sum(pull);
        return new Step(fromEast, fromNorth, fromEast + sum(east) / all, fromNorth + sum(north) / all, all);
    }

    private void add(Cloud cloud, float fromEast, float fromNorth) {
        float[] x = cloud.east;
        float[] y = cloud.north;
        float smoothing = cloud.smoothing;
        float weight = cloud.pointWeight;
        float[] shares = share;
        for (int i = 0; i < shares.length; i++) {
            float dx = x[i] - fromEast;
            float dy = y[i] - fromNorth;
            shares[i] = weight / (float) Math.sqrt(dx * dx + dy * dy + smoothing);
        }
        addMoments(shares, x, fromEast, east);
        addMoments(shares, y, fromNorth, north);
        float[] pulls = pull;
        for (int i = 0; i < shares.length; i++) {
            pulls[i] += shares[i];
        }
    }

    private static void addMoments(float[] shares, float[] places, float from, float[] sums) {
        for (int i = 0; i < shares.length; i++) {
            sums[i] += shares[i] * (places[i] - from);
        }
    }

    private static float sum(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            sum += number;
        }
        return (float) sum;
    }
}
