package io.heimdall.localization.evidence;

/**
 * The direction in which a station heard a signal.
 *
 * @param site the station
 * @param degrees clockwise from true north, of any turn
 * @param sigmaDegrees its standard deviation, above 0 and at most 180
 */
public record SiteBearing(Site site, double degrees, double sigmaDegrees) {

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if the direction is not finite or the sigma out of its range
     */
    public SiteBearing {
        if (!Double.isFinite(degrees) || !(sigmaDegrees > 0 && sigmaDegrees <= 180)) {
            throw new IllegalArgumentException("a bearing of " + degrees + " degrees with a sigma of " + sigmaDegrees
                    + " from '" + site.name() + "': the sigma must be above 0 and at most 180");
        }
    }

    /**
     * Returns the measured direction less the one in which a place lies, degrees, -180..180.
     *
     * @param latitude of the place, degrees
     * @param longitude of the place, degrees
     */
    public double residualDegrees(double latitude, double longitude) {
        return Math.IEEEremainder(degrees - site.azimuthDegrees(latitude, longitude), 360);
    }
}
