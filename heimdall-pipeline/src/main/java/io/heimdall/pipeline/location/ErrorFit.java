package io.heimdall.pipeline.location;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A robust fit of the stations' constant errors to residuals, by weighted least squares that are weighted again: a residual beyond
 * some sigmas loses its weight (Cauchy).
 *
 * <p>Each residual is the error of one station, or of one less another. Where residuals are differences alone, they leave a constant
 * open in each group of stations that they tie together; the errors of a group then have a mean of 0.
 *
 * @see <a href="https://doi.org/10.1080/03610927708827533">Holland and Welsch, Robust regression using iteratively reweighted
 *     least-squares, 1977</a>
 */
final class ErrorFit {
    private static final int STEPS = 30;
    private static final double TUNING = 2.385;

    /** Truth is the last node: a residual of one station ties that station to it. */
    private final int truth;

    private Ties ties;
    private int[] groups;

    /** Of each station, against the last node of its group. */
    private double[] errors;

    /**
     * One residual.
     *
     * @param plus the station whose error it has
     * @param minus the station whose error it has with the other sign, or -1
     * @param value in any unit
     * @param sigma in the same
     * @param power of its likelihood: below 1 where residuals depend on each other
     */
    record Residual(int plus, int minus, double value, double sigma, double power) {}

    ErrorFit(int stations) {
        truth = stations;
        ties = new Ties(stations + 1);
        groups = ties.groups();
        errors = new double[stations + 1];
    }

    /** Fits; of the errors and their sigmas the unit is the residuals'. */
    ErrorFit fit(List<Residual> residuals) {
        for (int step = 0; step < STEPS; step++) {
            ties = new Ties(truth + 1);
            double[] sums = new double[truth + 1];
            for (Residual residual : residuals) {
                add(residual, sums);
            }
            double[] changes = ties.solve(sums);
            for (int i = 0; i <= truth; i++) {
                errors[i] += changes[i];
            }
        }
        groups = ties.groups();
        return this;
    }

    private void add(Residual residual, double[] sums) {
        int minus = residual.minus < 0 ? truth : residual.minus;
        double left = residual.value - (errors[residual.plus] - errors[minus]);
        double z = left / (TUNING * residual.sigma);
        double weight = residual.power / (residual.sigma * residual.sigma * (1 + z * z));
        ties.add(residual.plus, minus, weight);
        sums[residual.plus] += weight * left;
        sums[minus] -= weight * left;
    }

    /** Returns a station's error: against the truth or, where residuals are differences alone, the mean of its group. */
    double error(int station) {
        return tied(station, truth)
                ? errors[station]
                : errors[station]
                        - Arrays.stream(group(station))
                                .mapToDouble(i -> errors[i])
                                .average()
                                .orElseThrow();
    }

    /** Returns one station's error less another's. */
    double difference(int station, int other) {
        return errors[station] - errors[other];
    }

    /** Returns one sigma of a station's error; infinite where residuals are differences alone. */
    double sigma(int station) {
        return sigma(station, truth);
    }

    /** Returns whether residuals tie two stations together, so that the difference of their errors is known. */
    boolean tied(int station, int other) {
        return groups[station] == groups[other];
    }

    /** Returns one sigma of the difference of two stations' errors; infinite where nothing ties them together. */
    double sigma(int station, int other) {
        return Math.sqrt(variance(station, other));
    }

    private double variance(int station, int other) {
        return station == other ? 0 : ties.variance(station, other);
    }

    /** Returns one sigma of a station's error less the mean of its group, which is all that differences tell. */
    double sigmaAgainstMean(int station) {
        int[] group = group(station);
        double own = 0;
        double all = 0;
        for (int i : group) {
            own += variance(station, i) / group.length;
            for (int k : group) {
                all += variance(i, k) / group.length / group.length;
            }
        }
        return Math.sqrt(Math.max(0, own - all / 2));
    }

    private int[] group(int station) {
        return IntStream.range(0, truth).filter(i -> tied(i, station)).toArray();
    }
}
