package io.heimdall.simulation;

import java.util.stream.IntStream;

/**
 * The likelihood of one session's levels, as a function of the powers that a place makes expect.
 *
 * <p>Not thread-safe: it has working memory.
 */
final class HeardLevels {
    private static final double DB_PER_NEPER = 10 / Math.log(10);

    private final int[] heard;
    private final int[] absent;
    private final double[] receivedDbm;
    private final double[][] lower;
    /** Rows of {@code L^-1 K_HA}, transposed: {@code [absent][heard]}. */
    private final double[][] gain;

    private final AbsentStations absence;
    private final double[] residual;
    private final double[] meanDbm;

    private HeardLevels(
            int[] heard,
            int[] absent,
            double[] receivedDbm,
            double[][] lower,
            double[][] gain,
            AbsentStations absence) {
        this.heard = heard;
        this.absent = absent;
        this.receivedDbm = receivedDbm;
        this.lower = lower;
        this.gain = gain;
        this.absence = absence;
        this.residual = new double[heard.length];
        this.meanDbm = new double[absent.length];
    }

    /** Splits stations into heard and absent, and factors the covariance of the heard and of the absent given the heard. */
    static HeardLevels of(World world, double[][] covariance, double[] levelsDb) {
        int[] heard = IntStream.range(0, levelsDb.length)
                .filter(i -> !Double.isNaN(levelsDb[i]))
                .toArray();
        int[] absent = IntStream.range(0, levelsDb.length)
                .filter(i -> Double.isNaN(levelsDb[i]))
                .toArray();
        if (heard.length == 0) {
            throw new IllegalArgumentException("no station has a level; such a session does not exist");
        }
        double[] received = new double[heard.length];
        double[][] heardCovariance = new double[heard.length][heard.length];
        for (int h = 0; h < heard.length; h++) {
            int i = heard[h];
            double noiseDbm = world.recorders().noiseDbm(world.stations().get(i));
            double snr = Math.pow(10, (levelsDb[i] + world.recorders().fullScaleDbm() - noiseDbm) / 10) - 1;
            // A level at or below the noise comes from no recording of this world; it counts as a very weak signal.
            snr = Math.max(snr, 0.01);
            received[h] = noiseDbm + 10 * Math.log10(snr);
            for (int k = 0; k < heard.length; k++) {
                heardCovariance[h][k] = covariance[i][heard[k]];
            }
            heardCovariance[h][h] += noiseVariance(snr, world.recorders().samples());
        }
        double[][] lower = Cholesky.factor(heardCovariance);
        double[][] gain = new double[absent.length][heard.length];
        double[][] rest = new double[absent.length][absent.length];
        double[] thresholds = new double[absent.length];
        for (int a = 0; a < absent.length; a++) {
            thresholds[a] = world.recorders().thresholdDbm(world.stations().get(absent[a]));
            for (int h = 0; h < heard.length; h++) {
                gain[a][h] = covariance[absent[a]][heard[h]];
            }
            Cholesky.solve(lower, gain[a]);
        }
        for (int a = 0; a < absent.length; a++) {
            for (int b = 0; b < absent.length; b++) {
                rest[a][b] = covariance[absent[a]][absent[b]] - dot(gain[a], gain[b]);
            }
        }
        AbsentStations absence = new AbsentStations(
                Cholesky.factor(rest), thresholds, world.recorders().dropOut());
        return new HeardLevels(heard, absent, received, lower, gain, absence);
    }

    /** Returns the variance in dB^2 that noise gives to a level, see {@link WorldPosterior}. */
    private static double noiseVariance(double snr, int samples) {
        return DB_PER_NEPER * DB_PER_NEPER * (1 + 2 * snr) / (snr * snr * samples);
    }

    /** Returns the logarithm of the density of the heard levels, up to a constant. */
    double logLikelihood(double[] expectedDbm) {
        whiten(expectedDbm);
        return -0.5 * dot(residual, residual);
    }

    /** Returns the probability that the others have no recording, given the heard levels. */
    double absenceProbability(double[] expectedDbm) {
        if (absent.length == 0) {
            return 1;
        }
        whiten(expectedDbm);
        for (int a = 0; a < absent.length; a++) {
            meanDbm[a] = expectedDbm[absent[a]] + dot(gain[a], residual);
        }
        return absence.probability(meanDbm);
    }

    private void whiten(double[] expectedDbm) {
        for (int h = 0; h < heard.length; h++) {
            residual[h] = receivedDbm[h] - expectedDbm[heard[h]];
        }
        Cholesky.solve(lower, residual);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
