package io.heimdall.pipeline.world;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Fits a {@link LevelLaw} by Gibbs sampling: each unknown in turn is drawn from its distribution given all others, and the
 * draws after a burn-in are averaged.
 *
 * <p>Levels that nobody measured are unknowns as well. A level of a silent station is one below its threshold, or any level if it
 * dropped out; that of a station out of service is any level. So neither weak signals nor stations that rarely meet bias the law.
 *
 * <p>The priors: station levels are of one normal population; the covariance is inverse Wishart with ten degrees of freedom more
 * than it needs, about one common power and one shadowing for all; a drop-out is {@code Beta(1, 19)}; a threshold is uniform
 * between the highest level below it and the lowest above.
 *
 * @see <a href="https://doi.org/10.1109/TPAMI.1984.4767596">Geman and Geman, 1984</a>
 * @see <a href="https://doi.org/10.1080/01621459.1990.10476213">Gelfand and Smith, 1990</a>
 * @see <a href="https://doi.org/10.1080/01621459.1987.10478458">Tanner and Wong, data augmentation, 1987</a>
 */
final class GibbsSampler {
    static final int ROUNDS = 300;
    private static final int BURN_IN = 100;
    private static final double FREEDOM = 10;
    private static final double LEAST_VARIANCE = 1e-3;
    private static final double DROP_OUT_GIVEN = 1;
    private static final double DROP_OUT_WITHHELD = 19;
    private static final double FIRST_DROP_OUT = 0.05;
    private static final double FIRST_STATION_VARIANCE = 4;
    /** A threshold is at most this far below the least level that was heard, decibels. */
    private static final double DEEPEST_DB = 10;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final LevelTable table;
    private final RandomGenerator random;
    private final int sessions;
    private final int stations;
    private final double[] leastHeard;
    private final double[] inService;
    private final Moments logDistances;
    private final double[][] level;
    private LevelLaw law;

    private GibbsSampler(LevelTable table, long seed) {
        this.table = table;
        this.random = new Well19937c(seed);
        this.sessions = table.sessions();
        this.stations = table.stations();
        this.logDistances = Moments.of(table.logDistances(), table.logDistances());
        this.level = new double[sessions][stations];
        this.leastHeard = new double[stations];
        this.inService = new double[stations];
        Arrays.fill(leastHeard, Double.POSITIVE_INFINITY);
        for (int i = 0; i < stations; i++) {
            for (int s = 0; s < sessions; s++) {
                if (table.heard(s, i)) {
                    leastHeard[i] = Math.min(leastHeard[i], table.levels()[s][i]);
                }
            }
            inService[i] = sessions - table.count(i, Hearing.OFF);
        }
        this.law = FirstLaw.of(table, leastHeard, FIRST_DROP_OUT, FIRST_STATION_VARIANCE);
        for (int s = 0; s < sessions; s++) {
            for (int i = 0; i < stations; i++) {
                double expected = law.stationLevels()[i] + law.slope() * table.logDistances()[s][i];
                level[s][i] = switch (table.hearing()[s][i]) {
                    case HEARD -> table.levels()[s][i];
                    case SILENT -> Math.min(expected, leastHeard[i]);
                    case OFF -> expected;
                };
            }
        }
    }

    /**
     * Fits the law.
     *
     * @param table of at least one session and one station, each station heard at least once
     * @param seed of all draws
     */
    static LawFit fit(LevelTable table, long seed) {
        GibbsSampler sampler = new GibbsSampler(table, seed);
        LawMean mean = new LawMean(table.stations());
        for (int round = 0; round < ROUNDS; round++) {
            sampler.round();
            if (round >= BURN_IN) {
                mean.add(sampler.law);
            }
        }
        return new LawFit(mean.law(), new LevelTable(sampler.level, table.logDistances(), table.hearing()));
    }

    private void round() {
        double[][] precision = new Positive(law.covariance()).inverse();
        double[] thresholds = law.thresholds().clone();
        double[] dropOut = new double[stations];
        double[][] residual = residuals(law.stationLevels(), law.slope());
        for (int i = 0; i < stations; i++) {
            double dropped = drawLevels(i, precision, residual, thresholds);
            dropOut[i] = new BetaDistribution(
                            random, DROP_OUT_GIVEN + dropped, DROP_OUT_WITHHELD + inService[i] - dropped)
                    .sample();
        }
        double[] line = drawLine(precision);
        double[] stationLevels = Arrays.copyOf(line, stations);
        double mean = Arrays.stream(stationLevels).average().orElseThrow();
        double drawnMean = mean + Math.sqrt(law.stationVariance() / stations) * random.nextGaussian();
        double spread = Arrays.stream(stationLevels)
                .map(a -> (a - drawnMean) * (a - drawnMean))
                .sum();
        double variance = (1 + spread) / new ChiSquaredDistribution(random, stations + 1).sample();
        double[][] covariance = drawCovariance(residuals(stationLevels, line[stations]));
        law = new LevelLaw(line[stations], stationLevels, covariance, thresholds, dropOut, drawnMean, variance);
    }

    private double[][] residuals(double[] stationLevels, double slope) {
        double[][] residual = new double[sessions][stations];
        for (int s = 0; s < sessions; s++) {
            for (int i = 0; i < stations; i++) {
                residual[s][i] = level[s][i] - stationLevels[i] - slope * table.logDistances()[s][i];
            }
        }
        return residual;
    }

    /** Draws the levels that a station did not measure, and its threshold; returns how often it dropped out. */
    private double drawLevels(int i, double[][] precision, double[][] residual, double[] thresholds) {
        double deviation = Math.sqrt(1 / precision[i][i]);
        double q = law.dropOut()[i];
        double dropped = 0;
        double highestBelow = Double.NEGATIVE_INFINITY;
        boolean silent = false;
        for (int s = 0; s < sessions; s++) {
            if (table.heard(s, i)) {
                continue;
            }
            double expected = level[s][i] - residual[s][i];
            double mean = expected - others(i, precision[i], residual[s]) / precision[i][i];
            double share = random.nextDouble();
            if (table.hearing()[s][i] == Hearing.SILENT) {
                silent = true;
                double below = NORMAL.cumulativeProbability((thresholds[i] - mean) / deviation);
                boolean off = random.nextDouble() * (q + (1 - q) * below) < q;
                dropped += off ? 1 : 0;
                level[s][i] = mean + deviation * quantile(off ? share : share * below);
                highestBelow = off ? highestBelow : Math.max(highestBelow, level[s][i]);
            } else {
                level[s][i] = mean + deviation * quantile(share);
            }
            residual[s][i] = level[s][i] - expected;
        }
        if (silent) {
            double lowest = Math.max(highestBelow, leastHeard[i] - DEEPEST_DB);
            thresholds[i] = lowest + (leastHeard[i] - lowest) * random.nextDouble();
        }
        return dropped;
    }

    private static double others(int i, double[] precision, double[] residual) {
        double others = 0;
        for (int j = 0; j < residual.length; j++) {
            others += j == i ? 0 : precision[j] * residual[j];
        }
        return others;
    }

    private static double quantile(double probability) {
        return NORMAL.inverseCumulativeProbability(Math.max(1e-12, Math.min(1 - 1e-12, probability)));
    }

    /** Draws station levels and slope, which are jointly normal. */
    private double[] drawLine(double[][] precision) {
        Moments products = Moments.of(table.logDistances(), level);
        double[] levelSums = new double[stations];
        double[] distanceSums = new double[stations];
        for (int s = 0; s < sessions; s++) {
            for (int i = 0; i < stations; i++) {
                levelSums[i] += level[s][i];
                distanceSums[i] += table.logDistances()[s][i];
            }
        }
        double[][] information = new double[stations + 1][stations + 1];
        double[] score = new double[stations + 1];
        information[stations][stations] = 1e-9;
        for (int i = 0; i < stations; i++) {
            information[i][i] += 1 / law.stationVariance();
            score[i] += law.meanStationLevel() / law.stationVariance();
            for (int j = 0; j < stations; j++) {
                double q = precision[i][j];
                information[i][j] += sessions * q;
                information[i][stations] += q * distanceSums[j];
                information[stations][i] += q * distanceSums[j];
                information[stations][stations] += q * logDistances.sum(i, j);
                score[i] += q * levelSums[j];
                score[stations] += q * products.sum(i, j);
            }
        }
        return drawNormal(new Positive(information), score);
    }

    /** Draws from the normal distribution of mean {@code inverse(information) score}, covariance {@code inverse(information)}. */
    private double[] drawNormal(Positive information, double[] score) {
        double[][] inverse = information.inverse();
        double[][] whitening = information.whitening();
        double[] drawn = new double[score.length];
        for (int k = 0; k < score.length; k++) {
            double noise = random.nextGaussian();
            for (int i = 0; i < score.length; i++) {
                drawn[i] += inverse[i][k] * score[k] + whitening[k][i] * noise;
            }
        }
        return drawn;
    }

    /** Draws the covariance, inverse Wishart, by the decomposition of Bartlett (1933). */
    private double[][] drawCovariance(double[][] residual) {
        double freedom = stations + 1 + FREEDOM + sessions;
        double[][] bartlett = new double[stations][stations];
        for (int i = 0; i < stations; i++) {
            for (int j = 0; j < i; j++) {
                bartlett[i][j] = random.nextGaussian();
            }
            bartlett[i][i] = Math.sqrt(new ChiSquaredDistribution(random, freedom - i).sample());
        }
        double[][] scatter = withPrior(Moments.of(residual, residual).sums());
        RealMatrix root = MatrixUtils.createRealMatrix(new Positive(new Positive(scatter).inverse()).lower())
                .multiply(MatrixUtils.createRealMatrix(bartlett));
        return new Positive(root.multiply(root.transpose()).getData()).inverse();
    }

    /** Adds some sessions in which all stations have the same power and the same shadowing. */
    private double[][] withPrior(double[][] scatter) {
        double common = 0;
        double own = 0;
        for (int i = 0; i < stations; i++) {
            own += scatter[i][i] / sessions / stations;
            for (int j = 0; j < stations; j++) {
                common += i == j ? 0 : scatter[i][j] / sessions / (stations * (stations - 1.0));
            }
        }
        double shadowing = Math.max(own - common, LEAST_VARIANCE);
        double[][] sum = new double[stations][stations];
        for (int i = 0; i < stations; i++) {
            for (int j = 0; j < stations; j++) {
                sum[i][j] = scatter[i][j] + FREEDOM * ((i == j ? shadowing : 0) + Math.max(common, 0));
            }
        }
        return sum;
    }
}
