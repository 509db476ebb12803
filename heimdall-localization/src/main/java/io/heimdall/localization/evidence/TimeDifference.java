package io.heimdall.localization.evidence;

/**
 * How much later one station heard a signal than another, and how sure that is.
 *
 * @param first the station that heard it so much later
 * @param second the other station
 * @param seconds the delay; negative where the second heard it later
 * @param sigmaSeconds its standard deviation by all that is known: signal, both clocks, corrections; above 0
 */
public record TimeDifference(Site first, Site second, double seconds, double sigmaSeconds) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the delay is not finite or the sigma not above 0 and finite
     */
    public TimeDifference {
        if (!Double.isFinite(seconds) || !(sigmaSeconds > 0 && Double.isFinite(sigmaSeconds))) {
            throw new IllegalArgumentException("a delay of " + seconds + " s with a sigma of " + sigmaSeconds
                    + " s between '" + first.name() + "' and '" + second.name()
                    + "': both must be finite and the sigma above 0");
        }
    }

    /**
     * Returns the measured delay less the one that a place makes, seconds.
     *
     * @param latitude of the place, degrees
     * @param longitude of the place, degrees
     */
    public double residualSeconds(double latitude, double longitude, Propagation propagation) {
        return seconds
                - propagation.seconds(first.distanceM(latitude, longitude))
                + propagation.seconds(second.distanceM(latitude, longitude));
    }

    /** Returns this delay with an error of another origin taken off and its sigma added in quadrature. */
    public TimeDifference corrected(double errorSeconds, double errorSigmaSeconds) {
        return new TimeDifference(first, second, seconds - errorSeconds, Math.hypot(sigmaSeconds, errorSigmaSeconds));
    }
}
