package io.heimdall.simulation;

import java.util.Objects;

/**
 * A band of frequencies in which transmitters send, and how waves spread in it.
 *
 * @param firstChannelHz of 160 channels, 12.5 kHz apart; 1e6..1e11
 * @param propagation of these frequencies
 */
public record RadioBand(long firstChannelHz, Propagation propagation) {
    static final int CHANNELS = 160;
    static final long CHANNEL_HZ = 12_500;

    /** Checks the frequency. */
    public RadioBand {
        Range.check("first channel in Hz", firstChannelHz, 1e6, 1e11);
        Objects.requireNonNull(propagation, "propagation");
    }

    boolean holds(long frequencyHz) {
        return frequencyHz >= firstChannelHz && frequencyHz < firstChannelHz + CHANNELS * CHANNEL_HZ;
    }
}
