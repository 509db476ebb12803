package io.heimdall.pipeline.location;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.localization.evidence.Propagation;
import java.util.List;
import java.util.Optional;

/**
 * Sessions of known sources, and the corrections that they tell.
 *
 * @param sessions of known sources
 * @param propagation of signals
 * @param scatters of the clocks
 * @param all the corrections by all of them
 */
record KnownSessions(
        List<SessionEvidence> sessions, Propagation propagation, ScatterFit scatters, StationCorrections all) {

    /** Keeps the sessions of known sources. */
    static KnownSessions among(List<SessionEvidence> measured, Propagation propagation) {
        List<SessionEvidence> known = measured.stream()
                .filter(one -> one.session().source().isPresent())
                .toList();
        ScatterFit scatters = ScatterFit.of(known, new CorrectionFit(propagation).of(known), propagation);
        return new KnownSessions(
                known, propagation, scatters, new CorrectionFit(propagation).of(known, scatters.by(known)));
    }

    /** Returns the corrections for a session: those by other places alone, since its own would tell it the answer. */
    StationCorrections correctionsFor(SessionEvidence session) {
        Optional<GeoPoint> own = session.session().source();
        if (own.isEmpty()) {
            return all;
        }
        List<SessionEvidence> elsewhere = sessions.stream()
                .filter(other ->
                        KnownPlaces.areApart(own.get(), other.session().source().orElseThrow()))
                .toList();
        return elsewhere.size() == sessions.size()
                ? all
                : new CorrectionFit(propagation).of(elsewhere, scatters.by(elsewhere));
    }
}
