package io.heimdall.features.quality;

/** Powers as decibels to full scale. */
final class Decibels {
    private static final double FLOOR = 1e-20;

    private Decibels() {}

    /** Returns {@code 10 log10 power}, at least -200; what overflowed stays finite. */
    static double of(double power) {
        return 10 * Math.log10(Math.min(Double.MAX_VALUE, Math.max(FLOOR, power)));
    }
}
