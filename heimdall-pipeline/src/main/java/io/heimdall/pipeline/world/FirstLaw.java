package io.heimdall.pipeline.world;

import java.util.Arrays;

/** Where {@link GibbsSampler} begins: least squares on what was heard, all stations with one slope. */
final class FirstLaw {
    private FirstLaw() {}

    static LevelLaw of(LevelTable table, double[] leastHeard, double dropOut, double stationVariance) {
        int stations = table.stations();
        double[] levels = new double[stations];
        double[] distances = new double[stations];
        for (int i = 0; i < stations; i++) {
            double heard = table.count(i, Hearing.HEARD);
            for (int s = 0; s < table.sessions(); s++) {
                levels[i] += table.heard(s, i) ? table.levels()[s][i] / heard : 0;
                distances[i] += table.heard(s, i) ? table.logDistances()[s][i] / heard : 0;
            }
        }
        Line line = Line.of(table, distances, levels);
        double[][] covariance = new double[stations][stations];
        for (int i = 0; i < stations; i++) {
            Arrays.fill(covariance[i], line.variance() / 2);
            covariance[i][i] = line.variance();
            levels[i] -= line.slope() * distances[i];
        }
        double mean = Arrays.stream(levels).average().orElseThrow();
        double[] off = new double[stations];
        Arrays.fill(off, dropOut);
        return new LevelLaw(line.slope(), levels, covariance, leastHeard.clone(), off, mean, stationVariance);
    }

    /** The common slope of all stations about their means, and the variance that is left. */
    private record Line(double slope, double variance) {
        private static final double LEAST_VARIANCE = 1e-3;

        static Line of(LevelTable table, double[] meanDistances, double[] meanLevels) {
            double products = 0;
            double squares = 1e-9;
            double total = 0;
            double count = 0;
            for (int s = 0; s < table.sessions(); s++) {
                for (int i = 0; i < table.stations(); i++) {
                    if (table.heard(s, i)) {
                        double distance = table.logDistances()[s][i] - meanDistances[i];
                        double level = table.levels()[s][i] - meanLevels[i];
                        products += distance * level;
                        squares += distance * distance;
                        total += level * level;
                        count++;
                    }
                }
            }
            double slope = products / squares;
            return new Line(slope, Math.max(LEAST_VARIANCE, (total - slope * products) / count));
        }
    }
}
