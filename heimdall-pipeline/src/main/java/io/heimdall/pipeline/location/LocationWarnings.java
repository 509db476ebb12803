package io.heimdall.pipeline.location;

import io.heimdall.localization.posterior.GroundPosterior;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says what is odd about a posterior and about what does not fit it. */
final class LocationWarnings {
    private static final double BORDER = 0.01;
    private static final double ODD_SIGMAS = 4;

    private LocationWarnings() {}

    /**
     * Returns the sentences.
     *
     * @param levels whether a model tells something
     * @param within from the middle of the stations to each side of the searched square, metres
     */
    static List<String> of(
            GroundPosterior posterior,
            boolean levels,
            List<UsedDelay> delays,
            List<UsedBearing> bearings,
            Optional<Closure> closure,
            double within) {
        List<String> warnings = new ArrayList<>();
        double border = posterior.posterior().massAtBorder();
        if (border > BORDER) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%.0f %% of the probability lies at the edge of the searched square, %.0f km from the stations'"
                            + " middle: the transmitter may be farther away (--within KM), or more stations are needed",
                    100 * border,
                    within / 1000));
        }
        if (delays.size() == 1 && bearings.isEmpty() && !levels) {
            warnings.add("one delay alone gives a hyperbola: the position is the middle of a long band");
        }
        delays.stream()
                .filter(delay -> Math.abs(delay.residualSigmas()) > ODD_SIGMAS)
                .forEach(delay -> warnings.add(String.format(
                        Locale.ROOT,
                        "the delay of %s over %s is %.1f sigma from what the others say: a clock or a stamp is wrong,"
                                + " or the signal came by another path",
                        delay.difference().first().name(),
                        delay.difference().second().name(),
                        Math.abs(delay.residualSigmas()))));
        bearings.stream()
                .filter(bearing -> Math.abs(bearing.residualSigmas()) > ODD_SIGMAS)
                .forEach(bearing -> warnings.add(String.format(
                        Locale.ROOT,
                        "the bearing of %s is %.1f degrees from what the others say: %s",
                        bearing.bearing().site().name(),
                        Math.abs(bearing.residualDegrees()),
                        cause(bearing))));
        closure.filter(one -> one.sigmas() > ODD_SIGMAS)
                .ifPresent(one -> warnings.add(String.format(
                        Locale.ROOT,
                        "the delays around %s do not add up to 0 by %.1f sigma: one of them is wrong",
                        String.join(", ", one.stations()),
                        one.sigmas())));
        return warnings;
    }

    private static String cause(UsedBearing bearing) {
        if (bearing.fitsMirrored()) {
            return bearing.mirroredDegrees().isPresent()
                    ? "it fits if its log counts angles the other way round from the array's front: read the log with"
                            + " the other value of --kraken-angles (compass, counterclockwise)"
                    : "it fits if it is counterclockwise from north: write 360 degrees minus it";
        }
        return bearing.fitsOpposite()
                ? "it fits the opposite direction: the antenna is turned by 180 degrees, or the bearing is from the"
                        + " transmitter"
                : "a reflection, or another convention of angles";
    }
}
