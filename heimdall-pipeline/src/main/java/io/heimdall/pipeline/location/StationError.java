package io.heimdall.pipeline.location;

/**
 * The constant error of a station, by sessions of known transmitters.
 *
 * @param value what it reports too much: seconds of delay, or degrees of bearing
 * @param sigma one sigma of that
 * @param sessions that it is estimated from
 */
public record StationError(double value, double sigma, int sessions) {}
