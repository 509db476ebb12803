package io.heimdall.export;

import io.heimdall.model.LocalPlane;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.Covariance;
import io.heimdall.model.output.GaussianDistribution;
import io.heimdall.model.output.LevelMap;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.model.output.PlanePoint;

/**
 * Where a transmitter is, as a model file says.
 *
 * @param latitude of the mean, degrees
 * @param longitude of the mean, degrees
 * @param sigmaLatitude one standard deviation, degrees of latitude, above 0
 * @param sigmaLongitude one standard deviation, degrees of longitude, above 0
 * @param plane in which the density is
 * @param density of the place, metres east and north of the plane's origin
 * @param levels which of the density's levels a region of a probability has
 */
public record Location(
        double latitude,
        double longitude,
        double sigmaLatitude,
        double sigmaLongitude,
        LocalPlane plane,
        GaussianDistribution density,
        LevelMap levels) {

    /** Makes a location whose density's levels are as they are. */
    public Location(
            double latitude,
            double longitude,
            double sigmaLatitude,
            double sigmaLongitude,
            LocalPlane plane,
            GaussianDistribution density) {
        this(latitude, longitude, sigmaLatitude, sigmaLongitude, plane, density, LevelMap.IDENTITY);
    }

    /** Returns this location with another map of its density's levels. */
    public Location with(LevelMap other) {
        return new Location(latitude, longitude, sigmaLatitude, sigmaLongitude, plane, density, other);
    }

    /** Returns the density in metres east and north of the origin of another plane. */
    public GaussianDistribution densityOn(LocalPlane other) {
        double scaleEast = other.metresPerDegreeEast() / plane.metresPerDegreeEast();
        double scaleNorth = other.metresPerDegreeNorth() / plane.metresPerDegreeNorth();
        PlanePoint mean = density.mean();
        // By the mean, not by the origin: the shorter way round the earth is that of the mean.
        double east = other.east(plane.longitudeOf(mean.east())) - scaleEast * mean.east();
        double north = other.north(plane.latitudeOf(mean.north())) - scaleNorth * mean.north();
        return density.map(new AffineMap(east, scaleEast, north, scaleNorth));
    }

    /**
     * Returns what one member of an ensemble says, its levels being as they are.
     *
     * @param number of the member, from 0
     * @param members of the ensemble, each with as many components of the density
     * @param factor that its sigmas are multiplied by, above 0
     */
    public Location ofMember(int number, int members, double factor) {
        int components = density.components().size() / members;
        GaussianDistribution own = new NormalMixture(
                        density.components().subList(number * components, (number + 1) * components))
                .withSigmasTimes(factor);
        PlanePoint mean = own.mean();
        Covariance covariance = own.covariance();
        return new Location(
                plane.latitudeOf(mean.north()),
                plane.longitudeOf(mean.east()),
                covariance.sigmaNorth() / plane.metresPerDegreeNorth(),
                covariance.sigmaEast() / plane.metresPerDegreeEast(),
                plane,
                own);
    }
}
