package io.heimdall.pipeline.world;

/**
 * The law of the levels of a receiver network. With {@code t} the {@linkplain #logDistance log-distance} of a station:
 * <pre>{@code
 * level_i = stationLevel_i + slope * t_i + e_i,    e ~ N(0, covariance) over all stations
 * }</pre>
 * A station in service hears a session where its level is at least the station's threshold, unless it drops out.
 *
 * @param slope decibels a decade of distance: -10 times the path loss exponent
 * @param stationLevels decibels at the distance of one kilometre
 * @param covariance of the errors, decibels squared: the transmitters' power, and shadowing
 * @param thresholds decibels
 * @param dropOut probability that a station in service hears nothing whatever the level is
 * @param meanStationLevel mean of the population that the stations are of, decibels
 * @param stationVariance variance of that population, decibels squared
 */
public record LevelLaw(
        double slope,
        double[] stationLevels,
        double[][] covariance,
        double[] thresholds,
        double[] dropOut,
        double meanStationLevel,
        double stationVariance) {
    private static final double UNIT_M = 1000;

    /**
     * Returns {@code log10(max(distance, nearest) / 1 km)}.
     *
     * @param nearestM distance below which the law does not go on rising, metres above 0
     */
    public static double logDistance(double eastM, double northM, double nearestM) {
        return Math.log10(Math.max(nearestM, Math.sqrt(eastM * eastM + northM * northM)) / UNIT_M);
    }

    /** Returns the level of a station to be expected so far from it, decibels. */
    double expected(int station, double eastM, double northM, double nearestM) {
        return stationLevels[station] + slope * logDistance(eastM, northM, nearestM);
    }

    /** Returns the deviation of a station's levels from this law, decibels. */
    double deviation(int station) {
        return Math.sqrt(covariance[station][station]);
    }

    int stations() {
        return stationLevels.length;
    }
}
