package io.heimdall.dataset;

/**
 * The received level of a station in a session.
 *
 * @param station who received it, and where the antenna stood then
 * @param decibels mean received power, as in {@link Measurement#levelDb}
 */
public record Level(Station station, double decibels) {}
