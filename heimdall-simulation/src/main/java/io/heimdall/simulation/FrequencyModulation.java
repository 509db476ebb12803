package io.heimdall.simulation;

/** Turns a modulating signal into a carrier of constant amplitude one. */
final class FrequencyModulation {
    private FrequencyModulation() {}

    /**
     * Replaces a signal by the carrier whose frequency follows its real part.
     *
     * @param iq pairs; in: the modulating signal and anything, out: the carrier
     * @param deviationHz frequency for a real part of one
     */
    static void ofRealPart(float[] iq, double deviationHz, double rateHz) {
        double turn = 2 * Math.PI * deviationHz / rateHz;
        double phase = 0;
        for (int n = 0; n < iq.length; n += 2) {
            phase = Math.IEEEremainder(phase + turn * iq[n], 2 * Math.PI);
            iq[n] = (float) Math.cos(phase);
            iq[n + 1] = (float) Math.sin(phase);
        }
    }
}
