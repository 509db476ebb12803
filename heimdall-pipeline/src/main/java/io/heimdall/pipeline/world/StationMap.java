package io.heimdall.pipeline.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;

/**
 * What the law does not explain of a station's levels, as a Gaussian process over the places of transmitters, of Matern's covariance
 * with the parameter 3/2, and noise.
 *
 * <p>A place is predicted from its {@link Neighbours} alone. Length, ratio of noise to process, and their variance are those of the
 * greatest likelihood of training levels, each predicted from other groups: the map will be asked for places whose whole group is
 * unknown. Immutable.
 *
 * @param neighbours places of training sessions that the station heard
 * @param residuals decibels, of each of the places
 * @param kernel covariance
 * @see <a href="https://doi.org/10.7551/mitpress/3206.001.0001">Rasmussen and Williams, Gaussian processes, 2006, 5.4.2</a>
 * @see <a href="https://doi.org/10.1080/01621459.2015.1044091">Datta et al., nearest-neighbor Gaussian processes, 2016</a>
 */
record StationMap(Neighbours neighbours, double[] residuals, Kernel kernel) {
    /** As many training levels choose the kernel. */
    private static final int TRIED = 200;

    /** Lengths that are tried, of the scale of the plane. */
    private static final double[] LENGTHS = {0.03, 0.06, 0.12, 0.25, 0.5, 1, 2};

    private static final double[] NOISES = {0.1, 0.3, 1, 3, 10, 1000};

    private static final double LEAST_VARIANCE = 1e-3;
    private static final double SYMMETRIC = 1e-9;

    /**
     * A covariance of levels.
     *
     * @param lengthM over which levels change
     * @param noise variance of what does not depend on the place, of the process' own
     * @param variance of the process, decibels squared
     */
    record Kernel(double lengthM, double noise, double variance) {
        private double correlation(double distanceM) {
            double d = Math.sqrt(3) * distanceM / lengthM;
            return (1 + d) * Math.exp(-d);
        }
    }

    /**
     * A normal distribution of a residual.
     *
     * @param mean decibels
     * @param variance decibels squared, noise and all
     */
    record Normal(double mean, double variance) {
        double standard(double residual) {
            return (residual - mean) / Math.sqrt(variance);
        }
    }

    /**
     * Chooses a kernel.
     *
     * @param scaleM deviation of the places
     */
    static StationMap fit(Neighbours neighbours, double[] residuals, double scaleM) {
        int tried = Math.min(TRIED, residuals.length);
        List<Task> tasks = new ArrayList<>();
        for (int k = 0; k < tried; k++) {
            int i = (int) ((long) k * residuals.length / tried);
            tasks.add(Task.of(
                    neighbours,
                    residuals,
                    neighbours.eastM()[i],
                    neighbours.northM()[i],
                    neighbours.groups()[i]));
        }
        Kernel best = null;
        double least = Double.POSITIVE_INFINITY;
        for (double length : LENGTHS) {
            for (double noise : NOISES) {
                Kernel unit = new Kernel(length * scaleM, noise, 1);
                double squares = 0;
                double logs = 0;
                for (int k = 0; k < tried; k++) {
                    Normal normal = tasks.get(k).predicted(unit);
                    double z = normal.standard(residuals[(int) ((long) k * residuals.length / tried)]);
                    squares += z * z / tried;
                    logs += Math.log(normal.variance()) / tried;
                }
                double variance = Math.max(LEAST_VARIANCE / (1 + noise), squares);
                if (Math.log(variance) + logs < least) {
                    least = Math.log(variance) + logs;
                    best = new Kernel(length * scaleM, noise, variance);
                }
            }
        }
        return new StationMap(neighbours, residuals, best);
    }

    /**
     * Returns what to expect at a place.
     *
     * @param group that is not looked at
     */
    Normal at(double eastM, double northM, int group) {
        return Task.of(neighbours, residuals, eastM, northM, group).predicted(kernel);
    }

    /** Returns the map that knows nothing of some groups. */
    StationMap without(IntPredicate groups) {
        int[] left = IntStream.range(0, residuals.length)
                .filter(i -> !groups.test(neighbours.groups()[i]))
                .toArray();
        return new StationMap(
                neighbours.only(left),
                IntStream.of(left).mapToDouble(i -> residuals[i]).toArray(),
                kernel);
    }

    /** A place to be predicted: its distances to known ones, theirs to each other, and what is known there. */
    private record Task(double[] distances, double[][] between, double[] known) {
        static Task of(Neighbours all, double[] residuals, double eastM, double northM, int group) {
            int[] near = all.of(eastM, northM, group);
            double[] distances = new double[near.length];
            double[][] between = new double[near.length][near.length];
            double[] known = new double[near.length];
            for (int i = 0; i < near.length; i++) {
                known[i] = residuals[near[i]];
                distances[i] = distance(all.eastM()[near[i]] - eastM, all.northM()[near[i]] - northM);
                for (int j = 0; j < i; j++) {
                    between[i][j] = distance(
                            all.eastM()[near[i]] - all.eastM()[near[j]], all.northM()[near[i]] - all.northM()[near[j]]);
                }
            }
            return new Task(distances, between, known);
        }

        private static double distance(double eastM, double northM) {
            return Math.sqrt(eastM * eastM + northM * northM);
        }

        /** Returns the prediction by simple kriging. */
        Normal predicted(Kernel kernel) {
            int count = known.length;
            if (count == 0) {
                return new Normal(0, (1 + kernel.noise()) * kernel.variance());
            }
            double[][] covariance = new double[count][count];
            double[] towards = new double[count];
            for (int i = 0; i < count; i++) {
                towards[i] = kernel.correlation(distances[i]);
                covariance[i][i] = 1 + kernel.noise();
                for (int j = 0; j < i; j++) {
                    covariance[i][j] = covariance[j][i] = kernel.correlation(between[i][j]);
                }
            }
            double[] weights = new CholeskyDecomposition(MatrixUtils.createRealMatrix(covariance), SYMMETRIC, 0)
                    .getSolver()
                    .solve(MatrixUtils.createRealVector(towards))
                    .toArray();
            double mean = IntStream.range(0, count)
                    .mapToDouble(i -> weights[i] * known[i])
                    .sum();
            double explained = IntStream.range(0, count)
                    .mapToDouble(i -> weights[i] * towards[i])
                    .sum();
            return new Normal(mean, (1 + kernel.noise() - explained) * kernel.variance());
        }
    }
}
