package io.heimdall.pipeline.location;

import io.heimdall.dataset.Session;
import io.heimdall.localization.evidence.SiteBearing;
import io.heimdall.localization.evidence.TimeDifference;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the stations of a session tell of its place, before anything is concluded.
 *
 * @param session as the table or the catalogue has it
 * @param stations each, with what it has to say
 * @param pairs of stations whose recordings were compared
 */
public record SessionEvidence(Session session, List<StationUse> stations, List<PairDelay> pairs) {

    /** Copies the lists. */
    public SessionEvidence {
        stations = List.copyOf(stations);
        pairs = List.copyOf(pairs);
    }

    /** Returns whether there is a delay or a bearing. */
    public boolean tellsSomething() {
        return tells(EvidenceKind.DELAYS) || tells(EvidenceKind.BEARINGS);
    }

    /** Returns whether there is evidence of a kind; of levels this does not know. */
    public boolean tells(EvidenceKind kind) {
        return switch (kind) {
            case LEVELS -> false;
            case DELAYS -> pairs.stream().anyMatch(pair -> pair.estimate().isPresent());
            case BEARINGS ->
                stations.stream().anyMatch(station -> station.bearing().isPresent());
        };
    }

    /** Returns this evidence without the kinds that are not wanted. */
    public SessionEvidence only(Set<EvidenceKind> kinds) {
        return new SessionEvidence(
                session,
                kinds.contains(EvidenceKind.BEARINGS)
                        ? stations
                        : stations.stream()
                                .map(one -> new StationUse(
                                        one.site(), one.clockSigmaSeconds(), one.noDelay(), Optional.empty()))
                                .toList(),
                kinds.contains(EvidenceKind.DELAYS) ? pairs : List.of());
    }

    /** Returns the delays as they were measured. */
    List<TimeDifference> differences() {
        return pairs.stream().flatMap(pair -> pair.difference().stream()).toList();
    }

    /** Returns the bearings as they were measured. */
    List<SiteBearing> bearings() {
        return stations.stream()
                .flatMap(station -> station.bearing().stream()
                        .map(bearing -> new SiteBearing(station.site(), bearing.degrees(), bearing.sigmaDegrees())))
                .toList();
    }

    /** Returns for each bearing what it would be if its angles counted the other way round, where that is known. */
    List<OptionalDouble> mirroredBearings() {
        return stations.stream()
                .flatMap(station -> station.bearing().stream().map(bearing -> bearing.mirroredDegrees()))
                .toList();
    }
}
