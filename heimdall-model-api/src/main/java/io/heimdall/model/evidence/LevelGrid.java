package io.heimdall.model.evidence;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.SetNet;
import io.heimdall.model.output.StandardNormal;
import java.util.Map;

/**
 * The posterior of a transmitter's place given the levels of a session, on a grid, under a law of levels with a map of what the law does
 * not explain.
 *
 * <p>With the distance {@code d} from cell {@code c} to station {@code i}, in kilometres and not below {@code nearest}:
 * <pre>{@code
 * level_i = expected_ic + slope log10(d) + deviation_ic z_i,     z_i = u_i f + sqrt(1 - u_i^2) e_i
 * }</pre>
 * where {@code f}, which all stations have in common, and {@code e_i} are standard normal. A station in service hears nothing where its
 * level is below its threshold, or where it drops out. Stations that the grid does not know say nothing.
 *
 * <p>Immutable and thread-safe. Its arrays are the numbers of the model file: do not write to them.
 *
 * @param stations known ones
 * @param cells of the grid
 * @param scalars see there
 */
public record LevelGrid(Stations stations, Cells cells, Scalars scalars) {
    private static final double SET = 0.5;
    private static final double METRES_PER_KILOMETRE = 1000;

    /**
     * What is known of each station, in the order of {@link SetNet#INDEX}.
     *
     * @param common share {@code u} of the deviation that all stations have in common, above -1 and below 1
     * @param thresholdDb below which the station hears nothing
     * @param dropOut probability of hearing nothing whatever the level is
     * @param expectedDb level at one kilometre, {@code [station][cell]}
     * @param deviationDb standard deviation of the level, above 0, {@code [station][cell]}
     */
    public record Stations(
            float[] common, float[] thresholdDb, float[] dropOut, float[][] expectedDb, float[][] deviationDb) {}

    /**
     * The places.
     *
     * @param eastM middle of each cell, metres in the plane of the model
     * @param northM middle of each cell
     * @param logPrior natural logarithm of each cell's prior probability, up to a constant
     * @param sideM width and height of a cell
     */
    public record Cells(float[] eastM, float[] northM, float[] logPrior, double sideM) {}

    /**
     * Numbers of the law, and how the network's tensors are read.
     *
     * @param slope decibels a decade of distance, below 0
     * @param nearestM below which the level does not go on rising
     * @param freedom degrees of freedom of the levels' multivariate t distribution; infinite for normal levels
     * @param exponent of the likelihood, above 0
     * @param meanDb level where {@link SetNet#STATISTICS} begin with 0
     * @param unitDb decibels of one unit of these
     * @param unitM metres of one unit of {@link SetNet#PLACE}
     */
    public record Scalars(
            double slope,
            double nearestM,
            double freedom,
            double exponent,
            double meanDb,
            double unitDb,
            double unitM) {}

    /** Returns the number of cells. */
    public int size() {
        return cells.eastM().length;
    }

    /**
     * Returns the natural logarithm of the posterior probability of each cell, up to a constant.
     *
     * @param inputs of a network of sets, by their names, each of shape (batch, stations, features)
     * @param row of the batch
     */
    public double[] logMass(Map<String, FloatTensor> inputs, int row) {
        Levels levels = new Levels(inputs, row);
        for (int n = 0; n < levels.count; n++) {
            if (levels.isKnown(n) && levels.isHeard(n)) {
                levels.hear(n);
            }
        }
        levels.join();
        for (int n = 0; n < levels.count; n++) {
            if (levels.isKnown(n) && !levels.isHeard(n)) {
                levels.silence(n);
            }
        }
        return levels.logMass();
    }

    /** The sums over the stations of a session. */
    private final class Levels {
        private final Map<String, FloatTensor> inputs;
        private final int count;
        private final int first;
        private final double[] squares = new double[size()];
        private final double[] shared = new double[size()];
        private final double[] rest = new double[size()];
        private int heard;
        /** One, and what the heard levels tell of the common deviation: its precision. */
        private double precision = 1;

        Levels(Map<String, FloatTensor> inputs, int row) {
            this.inputs = inputs;
            FloatTensor index = inputs.get(SetNet.INDEX);
            count = index.shape()[1];
            first = row * count;
        }

        private float value(String name, int width, int station, int feature) {
            return inputs.get(name).values()[(first + station) * width + feature];
        }

        boolean isKnown(int n) {
            return value(SetNet.IN_SERVICE, 1, n, 0) > SET && station(n) < stations.common().length;
        }

        boolean isHeard(int n) {
            return value(SetNet.HEARD, 1, n, 0) > SET;
        }

        private int station(int n) {
            return Math.round(value(SetNet.INDEX, 1, n, 0));
        }

        private double own(int station) {
            double u = stations.common()[station];
            return 1 - u * u;
        }

        /** Returns the level that a cell lets expect. */
        private double expected(int n, int cell) {
            double east = scalars.unitM() * value(SetNet.PLACE, 2, n, 0) - cells.eastM()[cell];
            double north = scalars.unitM() * value(SetNet.PLACE, 2, n, 1) - cells.northM()[cell];
            double distance = Math.max(scalars.nearestM(), Math.sqrt(east * east + north * north));
            return stations.expectedDb()[station(n)][cell]
                    + scalars.slope() * Math.log10(distance / METRES_PER_KILOMETRE);
        }

        void hear(int n) {
            int station = station(n);
            double level =
                    scalars.meanDb() + scalars.unitDb() * value(SetNet.STATISTICS, SetNet.STATISTICS_WIDTH, n, 0);
            double u = stations.common()[station];
            heard++;
            precision += u * u / own(station);
            for (int c = 0; c < rest.length; c++) {
                double deviation = stations.deviationDb()[station][c];
                double z = (level - expected(n, c)) / deviation;
                squares[c] += z * z / own(station);
                shared[c] += u * z / own(station);
                rest[c] -= Math.log(deviation);
            }
        }

        /** The heard levels are known: what they have in common is taken off, and is what silent stations share with them. */
        void join() {
            for (int c = 0; c < rest.length; c++) {
                shared[c] /= precision;
                squares[c] -= precision * shared[c] * shared[c];
            }
        }

        void silence(int n) {
            int station = station(n);
            double u = stations.common()[station];
            double left = Math.sqrt(own(station) + u * u / precision);
            double off = stations.dropOut()[station];
            for (int c = 0; c < rest.length; c++) {
                double threshold =
                        (stations.thresholdDb()[station] - expected(n, c)) / stations.deviationDb()[station][c];
                rest[c] += Math.log(off + (1 - off) * StandardNormal.cumulative((threshold - u * shared[c]) / left));
            }
        }

        double[] logMass() {
            double[] log = new double[rest.length];
            double freedom = scalars.freedom();
            for (int c = 0; c < log.length; c++) {
                double deviations = Double.isInfinite(freedom)
                        ? squares[c] / 2
                        : (freedom + heard) / 2 * Math.log1p(squares[c] / freedom);
                log[c] = cells.logPrior()[c] + scalars.exponent() * (rest[c] - deviations);
            }
            return log;
        }
    }
}
