package io.heimdall.pipeline.location;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import io.heimdall.export.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Fits the corrections of stations and the exponents of evidence, as a training keeps them. */
public final class EvidenceFitting {
    private final LocationOptions options = LocationOptions.defaults();
    private final Map<String, Location> levels;

    /**
     * Prepares a fit.
     *
     * @param levels what the model says of sessions by their ids; of no session that it has learned from
     */
    public EvidenceFitting(Map<String, Location> levels) {
        this.levels = Map.copyOf(levels);
    }

    /**
     * Fits corrections to one side of a split, and exponents to another.
     *
     * @param training sessions of known sources that the corrections are estimated from
     * @param validation sessions of known sources that the exponents are fitted to
     */
    public FittedEvidence fit(List<SessionEvidence> training, List<SessionEvidence> validation) {
        StationCorrections corrections = corrections(training);
        return new FittedEvidence(
                exponents(validation.stream()
                        .map(session -> product(session, training, corrections))
                        .toList()),
                corrections);
    }

    /**
     * Fits all to sessions of all folds, and for each fold to the sessions of the others. A session's product has the corrections of
     * the other folds.
     *
     * @param sessions of known sources
     * @param fold of a session, from 0
     * @param folds how many there are
     */
    public FittedEvidence fit(List<SessionEvidence> sessions, ToIntFunction<Session> fold, int folds) {
        List<List<SessionEvidence>> outside = IntStream.range(0, folds)
                .mapToObj(k -> sessions.stream()
                        .filter(session -> fold.applyAsInt(session.session()) != k)
                        .toList())
                .toList();
        List<StationCorrections> corrections =
                outside.stream().map(this::corrections).toList();
        List<EvidenceProduct> products = sessions.stream()
                .map(session -> {
                    int own = fold.applyAsInt(session.session());
                    return product(session, outside.get(own), corrections.get(own));
                })
                .toList();
        List<FittedEvidence> ofFolds = IntStream.range(0, folds)
                .mapToObj(k -> new FittedEvidence(
                        exponents(products.stream()
                                .filter(product ->
                                        fold.applyAsInt(product.session().session()) != k)
                                .toList()),
                        corrections.get(k)))
                .toList();
        return new FittedEvidence(exponents(products), corrections(sessions), ofFolds);
    }

    private StationCorrections corrections(List<SessionEvidence> known) {
        return new CorrectionFit(options.propagation()).of(known);
    }

    /** Returns a session's evidence, corrected by sessions of other places. */
    private EvidenceProduct product(SessionEvidence session, List<SessionEvidence> known, StationCorrections all) {
        GeoPoint own = session.session().source().orElseThrow();
        List<SessionEvidence> elsewhere = known.stream()
                .filter(other ->
                        KnownPlaces.areApart(own, other.session().source().orElseThrow()))
                .toList();
        return EvidenceProduct.of(
                options,
                session,
                Optional.ofNullable(levels.get(session.session().id())),
                elsewhere.size() == known.size() ? all : corrections(elsewhere));
    }

    private static EvidenceExponents exponents(List<EvidenceProduct> products) {
        return new ExponentFit(products.stream()
                        .filter(product -> product.session().tellsSomething())
                        .toList())
                .fit();
    }
}
