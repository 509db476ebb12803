package io.heimdall.export;

/**
 * Where a transmitter is, as a model file says.
 *
 * @param latitude degrees
 * @param longitude degrees
 * @param sigmaLatitude one standard deviation, degrees of latitude, above 0
 * @param sigmaLongitude one standard deviation, degrees of longitude, above 0
 */
public record Location(double latitude, double longitude, double sigmaLatitude, double sigmaLongitude) {}
