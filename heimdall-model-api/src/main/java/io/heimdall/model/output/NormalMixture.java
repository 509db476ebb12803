package io.heimdall.model.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A mixture of normal distributions: the density is {@code sum_k weight_k N_k(east, north)}.
 *
 * <p>Density, mean, covariance, marginals and samples are exact. Credible levels and regions come from a fixed quasi-random
 * sample (see {@link SampledLevels}), made at the first call: levels are good to about 0.4 percentage points, areas to about 1
 * percent. The spatial median is good to about 1 percent of the spread. A mixture of one component has the exact values.
 */
public final class NormalMixture implements GaussianDistribution {
    private final List<Component> components;
    private final List<MixtureTerm> terms;
    private final MixtureDensity density;

    /** Made when first needed; two threads may make the same one twice, which does no harm. */
    private volatile SampledLevels levels;

    /**
     * One component of a mixture.
     *
     * @param weight its share, 0 or more; the mixture divides by the sum
     * @param normal its distribution
     */
    public record Component(double weight, NormalDistribution normal) {

        /** Checks the weight. */
        public Component {
            if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("weight " + weight + " is not a finite number of 0 or more");
            }
        }
    }

    /**
     * Makes the mixture of these components, in this order; weights are divided by their sum.
     *
     * @throws IllegalArgumentException if there is no component or all weights are 0
     */
    public NormalMixture(List<Component> components) {
        double sum = components.stream().mapToDouble(Component::weight).sum();
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(components.size() + " components with a sum of weights of " + sum
                    + ": it must be above 0 and finite");
        }
        this.components = components.stream()
                .map(c -> new Component(c.weight() / sum, c.normal()))
                .toList();
        this.terms = this.components.stream()
                .map(c -> new MixtureTerm(c.weight(), c.normal().shape()))
                .toList();
        this.density = new MixtureDensity(terms);
    }

    /**
     * Joins distributions, such as those of an ensemble's members, into one: the components of all of them, each with the
     * weight of its member times its own.
     *
     * @param members one or more
     * @param weights one per member, 0 or more; they are divided by their sum
     * @throws IllegalArgumentException if there are not as many weights as members, or all are 0
     */
    public static NormalMixture join(List<? extends GaussianDistribution> members, double... weights) {
        if (members.size() != weights.length) {
            throw new IllegalArgumentException(
                    members.size() + " distributions with " + weights.length + " weights: one for each is needed");
        }
        var joined = new ArrayList<Component>();
        for (int i = 0; i < weights.length; i++) {
            for (Component c : members.get(i).components()) {
                joined.add(new Component(weights[i] * c.weight(), c.normal()));
            }
        }
        return new NormalMixture(joined);
    }

    /** Joins distributions with equal weights. */
    public static NormalMixture join(List<? extends GaussianDistribution> members) {
        double[] weights = new double[members.size()];
        Arrays.fill(weights, 1);
        return join(members, weights);
    }

    /** Returns the components in the order given, with weights that add up to 1. */
    @Override
    public List<Component> components() {
        return components;
    }

    /** Returns the components as their density is computed. */
    List<MixtureTerm> terms() {
        return terms;
    }

    @Override
    public double logDensity(double east, double north) {
        return density.log(east, north);
    }

    @Override
    public double[] logDensities(double[] east, double[] north) {
        return density.logs(east, north);
    }

    @Override
    public PlanePoint mean() {
        double east = 0;
        double north = 0;
        for (Component c : components) {
            east += c.weight() * c.normal().meanEast();
            north += c.weight() * c.normal().meanNorth();
        }
        return new PlanePoint(east, north);
    }

    /** Returns the components' mean covariance plus the covariance of their means (law of total covariance). */
    @Override
    public Covariance covariance() {
        PlanePoint mean = mean();
        double eastEast = 0;
        double eastNorth = 0;
        double northNorth = 0;
        for (Component c : components) {
            Covariance own = c.normal().covariance();
            double east = c.normal().meanEast() - mean.east();
            double north = c.normal().meanNorth() - mean.north();
            eastEast += c.weight() * (own.eastEast() + east * east);
            eastNorth += c.weight() * (own.eastNorth() + east * north);
            northNorth += c.weight() * (own.northNorth() + north * north);
        }
        return new Covariance(eastEast, eastNorth, northNorth);
    }

    @Override
    public PlanePoint spatialMedian() {
        return components.size() == 1 ? mean() : SpatialMedian.of(terms, mean());
    }

    @Override
    public double credibleLevel(double east, double north) {
        return components.size() == 1 ? only().credibleLevel(east, north) : levels().levelAt(logDensity(east, north));
    }

    @Override
    public double credibleRadius(double east, double north) {
        return components.size() == 1
                ? only().credibleRadius(east, north)
                : Math.sqrt(-2 * levels().logOutside(logDensity(east, north)));
    }

    @Override
    public HighestDensityRegion highestDensityRegion(double level) {
        if (components.size() == 1) {
            return only().highestDensityRegion(level);
        }
        return levels().region(level);
    }

    @Override
    public PlanePoint sample(RandomGenerator random) {
        double left = random.nextDouble();
        NormalDistribution chosen = null;
        for (Component c : components) {
            if (c.weight() > 0) {
                chosen = c.normal();
                left -= c.weight();
                if (left < 0) {
                    break;
                }
            }
        }
        return chosen.sample(random);
    }

    @Override
    public NormalMixture map(AffineMap map) {
        return withNormals(normal -> normal.map(map));
    }

    @Override
    public NormalMixture withSigmasTimes(double factor) {
        return withNormals(normal -> normal.withSigmasTimes(factor));
    }

    private NormalMixture withNormals(UnaryOperator<NormalDistribution> change) {
        return new NormalMixture(components.stream()
                .map(c -> new Component(c.weight(), change.apply(c.normal())))
                .toList());
    }

    private NormalDistribution only() {
        return components.get(0).normal();
    }

    private SampledLevels levels() {
        SampledLevels made = levels;
        if (made == null) {
            made = SampledLevels.of(terms, density);
            levels = made;
        }
        return made;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NormalMixture mixture && components.equals(mixture.components);
    }

    @Override
    public int hashCode() {
        return components.hashCode();
    }

    @Override
    public String toString() {
        return "NormalMixture" + components;
    }
}
