package io.heimdall.pipeline.location;

import io.heimdall.dataset.Session;
import io.heimdall.export.Location;
import io.heimdall.localization.evidence.Propagation;
import io.heimdall.localization.posterior.GroundPosterior;
import java.util.List;
import java.util.Optional;

/**
 * Where a session's transmitter is by levels, delays and bearings, as far as there are some.
 *
 * @param session as the table has it
 * @param levels what a model says of the levels, where one was asked and it took them
 * @param stations what each has to say
 * @param pairs what the recordings of each two stations say
 * @param delays that were used
 * @param bearings that were used
 * @param exponents that the kinds of evidence went in with
 * @param propagation how long signals were taken to be under way
 * @param worstClosure of the triangles the one that is farthest from closing; empty without a triangle
 * @param searchedM from the middle of the stations to each side of the searched square, metres
 * @param posterior where the transmitter can be
 * @param warnings sentences for people
 */
public record LocatedSession(
        Session session,
        Optional<Location> levels,
        List<StationUse> stations,
        List<PairDelay> pairs,
        List<UsedDelay> delays,
        List<UsedBearing> bearings,
        EvidenceExponents exponents,
        Propagation propagation,
        Optional<Closure> worstClosure,
        double searchedM,
        GroundPosterior posterior,
        List<String> warnings) {

    /** Copies the lists. */
    public LocatedSession {
        stations = List.copyOf(stations);
        pairs = List.copyOf(pairs);
        delays = List.copyOf(delays);
        bearings = List.copyOf(bearings);
        warnings = List.copyOf(warnings);
    }
}
