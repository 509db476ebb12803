package io.heimdall.pipeline.world;

import java.util.SplittableRandom;

/** Places uniform over a world's box, with levels by its law. */
final class LawCandidates implements Candidates {
    private final double[] eastM = new double[COUNT];
    private final double[] northM = new double[COUNT];
    private final double[][] expected = new double[COUNT][];
    private final double[][] whitening;
    /** The levels to be expected from each candidate, whitened, and half the square of their length. */
    private final double[][] white = new double[COUNT][];

    private final double[] halfSquare = new double[COUNT];

    LawCandidates(FittedWorld world, StationSet stations, Receivers receivers, SplittableRandom random) {
        whitening = new Positive(receivers.covariance()).whitening();
        for (int m = 0; m < COUNT; m++) {
            eastM[m] = world.box().drawEast(random);
            northM[m] = world.box().drawNorth(random);
            expected[m] = receivers.expected(world, stations, eastM[m], northM[m]);
            white[m] = Candidates.product(whitening, expected[m]);
            halfSquare[m] = dot(white[m], white[m]) / 2;
        }
    }

    @Override
    public double eastM(int candidate) {
        return eastM[candidate];
    }

    @Override
    public double northM(int candidate) {
        return northM[candidate];
    }

    @Override
    public double[] levels(int candidate, double[] errors) {
        double[] levels = expected[candidate].clone();
        for (int i = 0; i < levels.length; i++) {
            levels[i] += errors[i];
        }
        return levels;
    }

    @Override
    public double[] logLikelihoods(double[] levels) {
        double[] seen = Candidates.product(whitening, levels);
        double[] log = new double[COUNT];
        for (int m = 0; m < COUNT; m++) {
            log[m] = dot(seen, white[m]) - halfSquare[m];
        }
        return log;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
