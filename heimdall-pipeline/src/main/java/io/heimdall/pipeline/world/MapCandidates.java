package io.heimdall.pipeline.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Places drawn from the prior of a map, with levels by the map; trusted as far as the map is. */
final class MapCandidates implements Candidates {
    private final double[] eastM = new double[COUNT];
    private final double[] northM = new double[COUNT];
    private final double[][] expected = new double[COUNT][];
    /** Deviations as multiples of those in the receivers' covariance, and the sums of their logarithms. */
    private final double[][] scale = new double[COUNT][];

    private final double[] logScale = new double[COUNT];
    private final double[][] whitening;
    private final Robustness robustness;

    MapCandidates(
            FittedWorld world, MapOfLevels map, StationSet stations, Receivers receivers, SplittableRandom random) {
        PlaceGrid grid = map.grid();
        robustness = map.robustness();
        whitening = new Positive(receivers.covariance()).whitening();
        for (int m = 0; m < COUNT; m++) {
            int cell = map.drawCell(random);
            eastM[m] = grid.eastM(cell) + grid.cellM() * (random.nextDouble() - 0.5);
            northM[m] = grid.northM(cell) + grid.cellM() * (random.nextDouble() - 0.5);
            expected[m] = receivers.expected(world, stations, eastM[m], northM[m]);
            scale[m] = new double[stations.size()];
            Arrays.fill(scale[m], 1);
            for (int i = 0; i < stations.size(); i++) {
                int number = stations.numbers()[i];
                if (number < world.law().stations()) {
                    expected[m][i] += map.deviations().mean()[cell][number];
                    scale[m][i] = map.deviations().deviation()[cell][number]
                            / world.law().deviation(number);
                }
                logScale[m] += Math.log(scale[m][i]);
            }
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
            levels[i] += scale[candidate][i] * errors[i];
        }
        return levels;
    }

    @Override
    public double[] logLikelihoods(double[] levels) {
        double[] log = new double[COUNT];
        double[] standard = new double[levels.length];
        for (int m = 0; m < COUNT; m++) {
            for (int i = 0; i < levels.length; i++) {
                standard[i] = (levels[i] - expected[m][i]) / scale[m][i];
            }
            double squares = 0;
            for (double white : Candidates.product(whitening, standard)) {
                squares += white * white;
            }
            log[m] = robustness.log(squares, levels.length, -logScale[m]);
        }
        return log;
    }
}
