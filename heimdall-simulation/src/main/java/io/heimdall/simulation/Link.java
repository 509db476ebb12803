package io.heimdall.simulation;

/**
 * The true path of a transmission to one station.
 *
 * @param distanceM from transmitter to station
 * @param receivedDbm power at the antenna, without noise
 * @param on whether the station was at work
 * @param heard whether the station was on and the signal above its threshold: whether there is a recording
 * @param clockOffsetSeconds true time minus time stamp of the recording's first sample
 * @param clockPpm how much faster than it says the station's clock is: its sample rate and its tuning
 * @param timing what the station says of its clock, and more
 */
public record Link(
        double distanceM,
        double receivedDbm,
        boolean on,
        boolean heard,
        double clockOffsetSeconds,
        double clockPpm,
        Timing timing) {}
