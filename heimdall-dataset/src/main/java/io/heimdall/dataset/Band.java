package io.heimdall.dataset;

import java.util.OptionalLong;

/**
 * A frequency band. An end that is empty is open.
 *
 * @param minHz included, 0 or more
 * @param maxHz included
 */
public record Band(OptionalLong minHz, OptionalLong maxHz) {

    /** Every frequency. */
    public static final Band ANY = new Band(OptionalLong.empty(), OptionalLong.empty());

    /**
     * Checks the order of the ends.
     *
     * @throws IllegalArgumentException if it ends before it begins, or below 0 Hz
     */
    public Band {
        if (minHz.orElse(0) < 0 || maxHz.orElse(0) < 0) {
            throw new IllegalArgumentException(
                    "frequency " + Math.min(minHz.orElse(0), maxHz.orElse(0)) + " Hz is not 0 or more");
        }
        if (minHz.isPresent() && maxHz.isPresent() && minHz.getAsLong() > maxHz.getAsLong()) {
            throw new IllegalArgumentException("the band from min frequency " + minHz.getAsLong()
                    + " Hz to max frequency " + maxHz.getAsLong() + " Hz ends before it begins");
        }
    }

    /** Returns the band between two frequencies, both included. */
    public static Band ofHz(long min, long max) {
        return new Band(OptionalLong.of(min), OptionalLong.of(max));
    }

    boolean contains(long hz) {
        return hz >= minHz.orElse(Long.MIN_VALUE) && hz <= maxHz.orElse(Long.MAX_VALUE);
    }

    /** Returns its ends as a user would say them; empty for {@link #ANY}. */
    @Override
    public String toString() {
        if (minHz.isPresent() && maxHz.isPresent()) {
            return minHz.getAsLong() + ".." + maxHz.getAsLong() + " Hz";
        }
        return minHz.isPresent()
                ? minHz.getAsLong() + " Hz or more"
                : maxHz.isPresent() ? maxHz.getAsLong() + " Hz or less" : "";
    }
}
