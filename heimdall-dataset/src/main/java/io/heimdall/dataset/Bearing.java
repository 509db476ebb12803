package io.heimdall.dataset;

/**
 * The direction from which a station received a signal.
 *
 * @param degrees clockwise from true north, 0..360
 * @param sigmaDegrees its standard deviation, above 0, at most 180
 */
public record Bearing(double degrees, double sigmaDegrees) {

    /**
     * Checks the ranges; NaN is refused.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Bearing {
        if (!(degrees >= 0 && degrees <= 360)) {
            throw new IllegalArgumentException("bearing " + degrees + " degrees is not in 0..360");
        }
        if (!(sigmaDegrees > 0 && sigmaDegrees <= 180)) {
            throw new IllegalArgumentException(
                    "sigma " + sigmaDegrees + " degrees of a bearing is not above 0 and at most 180");
        }
    }
}
