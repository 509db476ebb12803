package io.heimdall.dataset;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The direction from which a station received a signal.
 *
 * @param degrees clockwise from true north, 0..360
 * @param sigmaDegrees its standard deviation, above 0, at most 180
 * @param mirroredDegrees the direction if the station's angles count the other way round from the front of its antenna, clockwise from
 *     true north, 0..360; empty where nothing is known of the front
 */
public record Bearing(double degrees, double sigmaDegrees, OptionalDouble mirroredDegrees) {

    /**
     * Checks the ranges; NaN is refused.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Bearing {
        check("bearing", degrees);
        Objects.requireNonNull(mirroredDegrees, "mirroredDegrees");
        mirroredDegrees.ifPresent(mirrored -> check("mirrored bearing", mirrored));
        if (!(sigmaDegrees > 0 && sigmaDegrees <= 180)) {
            throw new IllegalArgumentException(
                    "sigma " + sigmaDegrees + " degrees of a bearing is not above 0 and at most 180");
        }
    }

    /**
     * Makes a bearing of a station that tells nothing of its antenna's front.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Bearing(double degrees, double sigmaDegrees) {
        this(degrees, sigmaDegrees, OptionalDouble.empty());
    }

    private static void check(String name, double degrees) {
        if (!(degrees >= 0 && degrees <= 360)) {
            throw new IllegalArgumentException(name + " " + degrees + " degrees is not in 0..360");
        }
    }
}
