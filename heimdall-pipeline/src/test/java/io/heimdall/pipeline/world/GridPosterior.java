package io.heimdall.pipeline.world;

import org.apache.commons.math3.distribution.MultivariateNormalDistribution;

/** Mean and deviations of the place of a session whose levels are all known, summed over a grid. */
record GridPosterior(double eastM, double northM, double sigmaEastM, double sigmaNorthM) {
    private static final int CELLS = 120;

    static GridPosterior of(FittedWorld world, double[] levels) {
        LevelLaw law = world.law();
        MultivariateNormalDistribution errors =
                new MultivariateNormalDistribution(new double[levels.length], law.covariance());
        double[] sums = new double[5];
        Box box = world.box();
        for (int x = 0; x < CELLS; x++) {
            double east = box.west() + (x + 0.5) / CELLS * (box.east() - box.west());
            for (int y = 0; y < CELLS; y++) {
                double north = box.south() + (y + 0.5) / CELLS * (box.north() - box.south());
                double[] error = new double[levels.length];
                for (int i = 0; i < levels.length; i++) {
                    double distance = Math.hypot(
                            east - KnownWorld.SET.eastM()[i],
                            north - KnownWorld.SET.northM()[i]);
                    error[i] = levels[i]
                            - law.stationLevels()[i]
                            - law.slope() * Math.log10(Math.max(world.nearestM(), distance) / 1000);
                }
                double density = errors.density(error);
                sums[0] += density;
                sums[1] += density * east;
                sums[2] += density * north;
                sums[3] += density * east * east;
                sums[4] += density * north * north;
            }
        }
        double east = sums[1] / sums[0];
        double north = sums[2] / sums[0];
        return new GridPosterior(
                east, north, Math.sqrt(sums[3] / sums[0] - east * east), Math.sqrt(sums[4] / sums[0] - north * north));
    }
}
