package io.heimdall.pipeline.location;

import io.heimdall.features.delay.TimedRecording;
import io.heimdall.localization.evidence.BearingEvidence;
import io.heimdall.localization.evidence.DelayEvidence;
import io.heimdall.localization.evidence.Propagation;
import java.util.EnumSet;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How sessions are located.
 *
 * @param evidence kinds that are used, one at least
 * @param propagation how long signals are under way
 * @param withinM from the middle of a session's stations to each side of the searched square, metres; empty: one and a half times the largest
 *     distance between its stations, 200 km at least
 * @param clockPpm the largest relative error of each receiver's oscillator, parts per million, 0..1000
 * @param delayOutliers share of delays that are wrong, 0 or more and below 1
 * @param bearingOutliers share of bearings that are wrong, 0 or more and below 1
 */
public record LocationOptions(
        Set<EvidenceKind> evidence,
        Propagation propagation,
        OptionalDouble withinM,
        double clockPpm,
        double delayOutliers,
        double bearingOutliers) {
    /** The farthest that places are looked for, metres. */
    public static final double MOST_WITHIN_M = 10_000_000;

    /** Checks the numbers and copies the kinds. */
    public LocationOptions {
        if (evidence.isEmpty()) {
            throw new IllegalArgumentException("one kind of evidence is needed at least");
        }
        evidence = Set.copyOf(evidence);
        double within = withinM.orElse(1);
        if (!(within > 0 && within <= MOST_WITHIN_M)) {
            throw new IllegalArgumentException("places within " + within + " m: above 0 and at most " + MOST_WITHIN_M);
        }
        share("delays", delayOutliers);
        share("bearings", bearingOutliers);
    }

    /** Returns these options for other kinds of evidence. */
    public LocationOptions with(Set<EvidenceKind> kinds) {
        return new LocationOptions(kinds, propagation, withinM, clockPpm, delayOutliers, bearingOutliers);
    }

    private static void share(String what, double outliers) {
        if (!(outliers >= 0 && outliers < 1)) {
            throw new IllegalArgumentException(
                    "a share of wrong " + what + " of " + outliers + " is not in 0..1, 1 excluded");
        }
    }

    /** Returns what is used where nothing else is asked: all evidence, along the ground at the speed of light. */
    public static LocationOptions defaults() {
        return new LocationOptions(
                EnumSet.allOf(EvidenceKind.class),
                Propagation.STRAIGHT,
                OptionalDouble.empty(),
                TimedRecording.DEFAULT_PPM,
                DelayEvidence.OUTLIERS,
                BearingEvidence.OUTLIERS);
    }
}
