package io.heimdall.features.delay;

import io.heimdall.features.recording.RecordingInfo;

/**
 * The frequencies that a recording holds, from those that it was tuned to.
 *
 * @param fromHz the lowest
 * @param toHz the highest
 */
record Band(double fromHz, double toHz) {

    static Band of(RecordingInfo info) {
        double half = info.sampleRateHz().orElseThrow() / 2;
        return new Band(info.complex() ? -half : 0, half);
    }

    /** Returns whether a frequency is in the band, and so far from its ends. */
    boolean has(double hertz, double guardHz) {
        return hertz > fromHz + guardHz && hertz < toHz - guardHz;
    }

    /** Returns the width of what this shares with a band that is raised. */
    double shared(Band other, double raiseHz) {
        return Math.min(toHz, other.toHz + raiseHz) - Math.max(fromHz, other.fromHz + raiseHz);
    }
}
