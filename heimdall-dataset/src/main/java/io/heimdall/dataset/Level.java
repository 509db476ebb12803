package io.heimdall.dataset;

/**
 * The received level of a station in a session.
 *
 * @param station the receiver, with its position at that time
 * @param decibels mean received power, as in {@link Measurement#levelDb}
 */
public record Level(Station station, double decibels) {}
