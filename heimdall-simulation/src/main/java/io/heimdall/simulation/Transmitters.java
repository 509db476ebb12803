package io.heimdall.simulation;

/**
 * The prior of transmitters: a power that is normal in decibels, and a place uniform in the box.
 *
 * @param powerDbm mean of the radiated power averaged over the recording, -100..100
 * @param powerSpreadDb its standard deviation, 0.1..40
 * @param carrierSpreadHz standard deviation of the carrier's error, cut at three of them; 0..1e6
 * @param sessionsPerSource how often each transmitter is heard, at least 1
 */
public record Transmitters(double powerDbm, double powerSpreadDb, double carrierSpreadHz, int sessionsPerSource) {

    /** Checks the ranges. */
    public Transmitters {
        Range.check("power in dBm", powerDbm, -100, 100);
        Range.check("spread of the power in dB", powerSpreadDb, 0.1, 40);
        Range.check("spread of the carrier in Hz", carrierSpreadHz, 0, 1e6);
        Range.check("number of sessions per source", sessionsPerSource, 1, 1_000_000);
    }
}
