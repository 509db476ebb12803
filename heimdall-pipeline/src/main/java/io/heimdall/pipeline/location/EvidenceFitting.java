package io.heimdall.pipeline.location;

import io.heimdall.dataset.Session;
import io.heimdall.export.Location;
import io.heimdall.pipeline.EvenSample;
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
        KnownSessions known = known(training);
        List<SessionEvidence> telling =
                validation.stream().filter(SessionEvidence::tellsSomething).toList();
        List<ExponentSession> fitted = EvenSample.everyNth(telling, ExponentFit.MOST_SESSIONS).stream()
                .map(session -> ExponentSession.of(product(session, known)))
                .toList();
        return new FittedEvidence(new ExponentFit(fitted).fit(), known.all());
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
        List<KnownSessions> outside = IntStream.range(0, folds)
                .mapToObj(k -> known(sessions.stream()
                        .filter(session -> fold.applyAsInt(session.session()) != k)
                        .toList()))
                .toList();
        List<ExponentSession> products = sessions.stream()
                .filter(SessionEvidence::tellsSomething)
                .map(session -> ExponentSession.of(product(session, outside.get(fold.applyAsInt(session.session())))))
                .toList();
        List<FittedEvidence> ofFolds = IntStream.range(0, folds)
                .mapToObj(k -> new FittedEvidence(
                        new ExponentFit(products.stream()
                                        .filter(product -> fold.applyAsInt(product.session()) != k)
                                        .toList())
                                .fit(),
                        outside.get(k).all()))
                .toList();
        return new FittedEvidence(
                new ExponentFit(products).fit(), known(sessions).all(), ofFolds);
    }

    private KnownSessions known(List<SessionEvidence> sessions) {
        return KnownSessions.among(sessions, options.propagation());
    }

    /** Returns a session's evidence, corrected by sessions of other places. */
    private EvidenceProduct product(SessionEvidence session, KnownSessions known) {
        return EvidenceProduct.of(
                options,
                session,
                Optional.ofNullable(levels.get(session.session().id())),
                known.correctionsFor(session));
    }
}
