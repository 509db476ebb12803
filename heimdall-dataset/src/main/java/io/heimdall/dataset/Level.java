package io.heimdall.dataset;

/**
 * What a station received of a session, as one number.
 *
 * @param station who received it, and where the antenna stood then
 * @param decibels mean received power, as in {@link Measurement#levelDb}
 */
public record Level(Station station, double decibels) {}
