package io.heimdall.export;

import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.GaussianDistribution;

/**
 * Where a transmitter is, as a model file says.
 *
 * @param latitude of the mean, degrees
 * @param longitude of the mean, degrees
 * @param sigmaLatitude one standard deviation, degrees of latitude, above 0
 * @param sigmaLongitude one standard deviation, degrees of longitude, above 0
 * @param plane in which the density is
 * @param density of the place, metres east and north of the plane's origin
 */
public record Location(
        double latitude,
        double longitude,
        double sigmaLatitude,
        double sigmaLongitude,
        LocalPlane plane,
        GaussianDistribution density) {}
