package io.heimdall.spark;

import io.heimdall.features.spectrum.RunningStatistics;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * What a session adds to the statistics of all.
 *
 * @param features of all its recordings that can be read, decibels
 * @param recordings how many these are
 * @param levels of the stations, without those of recordings that cannot be read
 * @param faults of the others
 */
record SessionStatistics(
        RunningStatistics features, int recordings, ArrayList<StationLevel> levels, ArrayList<Fault> faults)
        implements Serializable {

    /** The level that a station received, in decibels. */
    record StationLevel(String station, double levelDb) implements Serializable {}
}
