package io.heimdall.model.evidence;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.NormalDistribution;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.model.output.PlanePoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A logarithmic opinion pool of a network and a {@link LevelGrid}: on the grid's cells the density is proportional to
 * <pre>{@code
 * network^a grid^b
 * }</pre>
 *
 * <p>The answer has as many normal components as the network's. Each has the weight, the mean and the covariance of the part of the pool
 * that belongs to a component of the network: cell by cell, the component's share of the network's density. Each component is widened by
 * the variance of a place in its cell.
 *
 * <p>Immutable and thread-safe.
 *
 * @param grid beside the network
 * @param networkExponent {@code a}, above 0
 * @param gridExponent {@code b}, above 0
 * @see <a href="https://doi.org/10.1214/ss/1177013825">Genest and Zidek, Combining probability distributions, 1986</a>
 */
public record LogPool(LevelGrid grid, double networkExponent, double gridExponent) {
    /** Metadata of a model file with pools: their {@link #text()}, those of an ensemble's members one after the other. */
    public static final String KEY = "level_map";

    /** A component that has less of the pool than this is left where it was. */
    public static final double LEAST_WEIGHT = 1e-9;

    /** Of the correlation of a component. */
    public static final double LARGEST_CORRELATION = 0.999;

    /** Checks the exponents. */
    public LogPool {
        if (!(networkExponent > 0 && gridExponent > 0)) {
            throw new IllegalArgumentException(
                    "exponents " + networkExponent + " and " + gridExponent + ": both must be above 0");
        }
    }

    /** Returns the exponents in words. */
    public String text() {
        return "network^" + networkExponent + " map^" + gridExponent;
    }

    /** Returns the variance of a place in its cell, east or north, square metres. */
    public double cellVariance() {
        double side = grid.cells().sideM();
        return side * side / 12;
    }

    /**
     * Returns the pool.
     *
     * @param network its answer, metres in the plane of the model
     * @param inputs that the network has read, by their names
     * @param row of the batch
     */
    public NormalMixture of(GaussianDistribution network, Map<String, FloatTensor> inputs, int row) {
        return of(network, grid.logMass(inputs, row));
    }

    /** Returns the pool with what {@link LevelGrid#logMass} has said of a session. */
    public NormalMixture of(GaussianDistribution network, double[] logMass) {
        List<NormalMixture.Component> wide = network.components().stream()
                .map(component -> new NormalMixture.Component(component.weight(), widened(component.normal())))
                .toList();
        double[][] density = new double[wide.size()][]; // of each component, times its weight
        for (int k = 0; k < density.length; k++) {
            density[k] = logDensity(wide.get(k));
        }
        double[] mass = mass(density, logMass);
        List<NormalMixture.Component> pooled = new ArrayList<>();
        for (int k = 0; k < density.length; k++) {
            pooled.add(component(wide.get(k), density[k], mass));
        }
        return new NormalMixture(pooled);
    }

    private NormalDistribution widened(NormalDistribution normal) {
        Covariance own = normal.covariance();
        return NormalDistribution.of(
                normal.mean(),
                new Covariance(own.eastEast() + cellVariance(), own.eastNorth(), own.northNorth() + cellVariance()));
    }

    private double[] logDensity(NormalMixture.Component component) {
        double[] log = new double[grid.size()];
        double logWeight = Math.log(Math.max(Float.MIN_NORMAL, component.weight()));
        for (int c = 0; c < log.length; c++) {
            log[c] = logWeight
                    + component
                            .normal()
                            .logDensity(grid.cells().eastM()[c], grid.cells().northM()[c]);
        }
        return log;
    }

    /** Turns densities of components into their shares, and returns the probability of each cell. */
    private double[] mass(double[][] density, double[] logMass) {
        double[] log = new double[logMass.length];
        double best = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < log.length; c++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] ofComponent : density) {
                largest = Math.max(largest, ofComponent[c]);
            }
            double sum = 0;
            for (double[] ofComponent : density) {
                ofComponent[c] = Math.exp(ofComponent[c] - largest);
                sum += ofComponent[c];
            }
            for (double[] ofComponent : density) {
                ofComponent[c] /= sum;
            }
            log[c] = networkExponent * (largest + Math.log(sum)) + gridExponent * logMass[c];
            best = Math.max(best, log[c]);
        }
        double sum = 0;
        for (int c = 0; c < log.length; c++) {
            log[c] = Math.exp(log[c] - best);
            sum += log[c];
        }
        for (int c = 0; c < log.length; c++) {
            log[c] /= sum;
        }
        return log;
    }

    /** Moments are taken about the old mean, so that nothing cancels. */
    private NormalMixture.Component component(NormalMixture.Component old, double[] share, double[] mass) {
        PlanePoint from = old.normal().mean();
        double weight = LEAST_WEIGHT;
        double e = 0;
        double n = 0;
        double ee = LEAST_WEIGHT * cellVariance();
        double en = 0;
        double nn = LEAST_WEIGHT * cellVariance();
        for (int c = 0; c < mass.length; c++) {
            double p = mass[c] * share[c];
            double east = grid.cells().eastM()[c] - from.east();
            double north = grid.cells().northM()[c] - from.north();
            weight += p;
            e += p * east;
            n += p * north;
            ee += p * east * east;
            en += p * east * north;
            nn += p * north * north;
        }
        double meanEast = e / weight;
        double meanNorth = n / weight;
        double varianceEast = Math.max(cellVariance(), ee / weight - meanEast * meanEast);
        double varianceNorth = Math.max(cellVariance(), nn / weight - meanNorth * meanNorth);
        double sigmaEast = Math.sqrt(varianceEast);
        double sigmaNorth = Math.sqrt(varianceNorth);
        double correlation = (en / weight - meanEast * meanNorth) / (sigmaEast * sigmaNorth);
        return new NormalMixture.Component(
                weight,
                new NormalDistribution(
                        from.east() + meanEast,
                        from.north() + meanNorth,
                        sigmaEast,
                        sigmaNorth,
                        Math.max(-LARGEST_CORRELATION, Math.min(LARGEST_CORRELATION, correlation))));
    }
}
