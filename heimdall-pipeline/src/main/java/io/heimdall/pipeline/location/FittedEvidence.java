package io.heimdall.pipeline.location;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a training fits beside its network, so that delays and bearings can be multiplied with the levels.
 *
 * @param exponents of the kinds of evidence
 * @param corrections of the stations' clocks and antennas
 * @param folds of an ensemble, for each fold the same by the sessions of the others; empty for a single network
 */
public record FittedEvidence(EvidenceExponents exponents, StationCorrections corrections, List<FittedEvidence> folds) {
    /** Nothing is fitted: the evidence is taken as it is. */
    public static final FittedEvidence NONE = new FittedEvidence(EvidenceExponents.ONES, StationCorrections.NONE);

    /** Copies the list. */
    public FittedEvidence {
        folds = List.copyOf(folds);
    }

    /** Makes what is fitted beside a single network. */
    public FittedEvidence(EvidenceExponents exponents, StationCorrections corrections) {
        this(exponents, corrections, List.of());
    }

    /**
     * Returns what sessions of one fold have not shaped; the whole beside a single network.
     *
     * @param fold from 0
     */
    public FittedEvidence outside(int fold) {
        return folds.isEmpty() ? this : folds.get(fold);
    }

    /** Returns the numbers as people read them, in order: {@code "clock of Milano"} to {@code "+2.69 us +- 0.07 us"} with what it is from. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "exponents",
                String.format(
                        Locale.ROOT,
                        "levels %.2f, delays %.2f, bearings %.2f",
                        exponents.levels(),
                        exponents.delays(),
                        exponents.bearings()));
        corrections
                .clockErrors()
                .forEach((station, error) -> facts.put(
                        "clock of " + station,
                        String.format(
                                Locale.ROOT,
                                "%+.2f us +- %.2f us against the mean of all, by %d sessions",
                                1e6 * error.value(),
                                1e6 * error.sigma(),
                                error.sessions())));
        corrections
                .clearScatters()
                .forEach((station, scatter) -> facts.put(
                        "scatter at " + station,
                        String.format(
                                Locale.ROOT,
                                "%.2f us +- %.2f us more than the sigmas say, by %d sessions",
                                1e6 * scatter.value(),
                                1e6 * scatter.sigma(),
                                scatter.sessions())));
        corrections
                .bearingErrors()
                .forEach((station, error) -> facts.put(
                        "bearings of " + station,
                        String.format(
                                Locale.ROOT,
                                "%+.1f +- %.1f degrees, by %d sessions",
                                error.value(),
                                error.sigma(),
                                error.sessions())));
        return facts;
    }
}
