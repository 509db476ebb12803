package io.heimdall.pipeline.world;

/** The mean of laws. */
final class LawMean {
    private final int stations;
    private final double[] stationLevels;
    private final double[][] covariance;
    private final double[] thresholds;
    private final double[] dropOut;
    private double slope;
    private double meanStationLevel;
    private double stationVariance;
    private int count;

    LawMean(int stations) {
        this.stations = stations;
        stationLevels = new double[stations];
        covariance = new double[stations][stations];
        thresholds = new double[stations];
        dropOut = new double[stations];
    }

    void add(LevelLaw law) {
        count++;
        slope += (law.slope() - slope) / count;
        meanStationLevel += (law.meanStationLevel() - meanStationLevel) / count;
        stationVariance += (law.stationVariance() - stationVariance) / count;
        move(stationLevels, law.stationLevels());
        move(thresholds, law.thresholds());
        move(dropOut, law.dropOut());
        for (int i = 0; i < stations; i++) {
            move(covariance[i], law.covariance()[i]);
        }
    }

    private void move(double[] mean, double[] values) {
        for (int i = 0; i < stations; i++) {
            mean[i] += (values[i] - mean[i]) / count;
        }
    }

    LevelLaw law() {
        return new LevelLaw(slope, stationLevels, covariance, thresholds, dropOut, meanStationLevel, stationVariance);
    }
}
