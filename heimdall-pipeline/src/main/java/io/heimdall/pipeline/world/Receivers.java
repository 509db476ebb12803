package io.heimdall.pipeline.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The part of a {@link LevelLaw} that belongs to the stations of one session.
 *
 * @param levels decibels at one kilometre
 * @param covariance decibels squared
 * @param thresholds decibels
 * @param dropOut probabilities
 * @param noise mean power of a band without signal
 * @param recorded the part of what is heard that is recorded
 */
record Receivers(
        double[] levels,
        double[][] covariance,
        double[] thresholds,
        double[] dropOut,
        double[] noise,
        double[] recorded) {
    /** Of the largest covariance with the others that a station can have. */
    private static final double POSSIBLE = 0.9;

    static Receivers of(FittedWorld world, int[] numbers) {
        LevelLaw law = world.law();
        int count = numbers.length;
        Receivers some = new Receivers(
                new double[count],
                new double[count][count],
                new double[count],
                new double[count],
                new double[count],
                new double[count]);
        for (int i = 0; i < count; i++) {
            some.levels[i] = law.stationLevels()[numbers[i]];
            some.thresholds[i] = law.thresholds()[numbers[i]];
            some.dropOut[i] = law.dropOut()[numbers[i]];
            some.noise[i] = world.noise()[numbers[i]];
            some.recorded[i] = world.recorded()[numbers[i]];
            for (int j = 0; j < count; j++) {
                some.covariance[i][j] = world.covariance(numbers[i], numbers[j]);
            }
        }
        return some;
    }

    /** Returns the levels to be expected of a place by the law, decibels. */
    double[] expected(FittedWorld world, StationSet stations, double eastM, double northM) {
        double[] expected = new double[levels.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = levels[i]
                    + world.law().slope()
                            * LevelLaw.logDistance(
                                    eastM - stations.eastM()[i], northM - stations.northM()[i], world.nearestM());
        }
        return expected;
    }

    /** Returns these with one more of the same population, as a station that nobody knows would be. */
    Receivers withUnknown(LevelLaw law, SplittableRandom random) {
        int count = levels.length;
        double variance = law.stationVariance();
        double common = 0;
        for (int i = 0; i < law.stations(); i++) {
            variance += law.covariance()[i][i] / law.stations();
            for (int j = 0; j < i; j++) {
                common += law.covariance()[i][j] * 2 / law.stations() / (law.stations() - 1);
            }
        }
        double most = POSSIBLE * largestCovariance(variance);
        double shared = Math.max(-most, Math.min(most, common));
        double least = Arrays.stream(law.thresholds()).min().orElseThrow();
        double greatest = Arrays.stream(law.thresholds()).max().orElseThrow();
        double threshold = least + (greatest - least) * random.nextDouble();
        int like = random.nextInt(count);
        return new Receivers(
                StationSet.with(levels, law.meanStationLevel()),
                withUnknown(variance, shared),
                StationSet.with(thresholds, threshold),
                StationSet.with(dropOut, Arrays.stream(law.dropOut()).average().orElseThrow()),
                StationSet.with(noise, noise[like]),
                StationSet.with(recorded, recorded[like]));
    }

    /** Returns the largest covariance that one more station can have with each of these: the whole stays positive definite. */
    private double largestCovariance(double variance) {
        double determined = 0;
        for (double[] row : new Positive(covariance).whitening()) {
            determined += Math.pow(Arrays.stream(row).sum(), 2);
        }
        return Math.sqrt(variance / determined);
    }

    private double[][] withUnknown(double variance, double shared) {
        int count = levels.length;
        double[][] more = new double[count + 1][];
        for (int i = 0; i < count; i++) {
            more[i] = StationSet.with(covariance[i], shared);
        }
        more[count] = new double[count + 1];
        Arrays.fill(more[count], shared);
        more[count][count] = variance;
        return more;
    }
}
