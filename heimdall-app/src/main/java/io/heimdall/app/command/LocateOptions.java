package io.heimdall.app.command;

import io.heimdall.localization.evidence.BearingEvidence;
import io.heimdall.localization.evidence.DelayEvidence;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.pipeline.location.EvidenceKind;
import io.heimdall.pipeline.location.LocationOptions;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.OptionalDouble;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say how sessions are located without a model. */
final class LocateOptions {
    private static final double KM = 1000;

    @Option(
            names = "--evidence",
            split = ",",
            paramLabel = "KIND",
            description = "Evidence to use: levels (with --model), delays, bearings (default: all).")
    private Set<EvidenceKind> evidence = new LinkedHashSet<>();

    @Option(
            names = "--within",
            paramLabel = "KM",
            description =
                    "Half the side of the searched square around the middle of the stations (default: 1.5 times the"
                            + " largest distance between stations, at least 200).")
    private Double withinKm;

    @Option(
            names = "--ppm",
            paramLabel = "P",
            defaultValue = "1",
            description = "Largest frequency error of a receiver, parts per million (default: ${DEFAULT-VALUE}).")
    private double ppm;

    @Option(
            names = "--speed-factor",
            paramLabel = "F",
            defaultValue = "1",
            description =
                    "Propagation time relative to light in vacuum; a ground wave of low frequency takes some parts in a"
                            + " thousand longer (default: ${DEFAULT-VALUE}).")
    private double factor;

    @Option(
            names = "--layer",
            paramLabel = "KM",
            description =
                    "Height of the layer that reflects the signals once, for sky waves, for example 300 (default: none).")
    private Double layerKm;

    /** For picocli. */
    LocateOptions() {}

    /** Returns whether levels were asked for by name. */
    boolean namesLevels() {
        return evidence.contains(EvidenceKind.LEVELS);
    }

    /** Returns whether other kinds were asked for, and levels were not. */
    boolean leavesOutLevels() {
        return !evidence.isEmpty() && !namesLevels();
    }

    /**
     * Returns the options as the locator takes them.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    LocationOptions options() {
        if (!(ppm >= 0 && ppm <= 1000)) {
            throw new IllegalArgumentException("--ppm " + ppm + " is not in 0..1000");
        }
        if (withinKm != null && !(withinKm > 0 && withinKm * KM <= LocationOptions.MOST_WITHIN_M)) {
            throw new IllegalArgumentException("--within " + withinKm + " is not in 0.."
                    + (int) (LocationOptions.MOST_WITHIN_M / KM) + " km, 0 excluded");
        }
        if (!(factor >= 0.5 && factor <= 2)) {
            throw new IllegalArgumentException("--speed-factor " + factor + " is not in 0.5..2");
        }
        if (layerKm != null && !(layerKm > 0 && layerKm <= 1000)) {
            throw new IllegalArgumentException("--layer " + layerKm + " is not in 0..1000 km, 0 excluded");
        }
        return new LocationOptions(
                evidence.isEmpty() ? EnumSet.allOf(EvidenceKind.class) : evidence,
                new Propagation(factor, layerKm == null ? 0 : layerKm, 1),
                withinKm == null ? OptionalDouble.empty() : OptionalDouble.of(withinKm * KM),
                ppm,
                DelayEvidence.OUTLIERS,
                BearingEvidence.OUTLIERS);
    }
}
