package io.heimdall.pipeline.location;

import io.heimdall.dataset.Session;
import java.util.List;

/**
 * What the stations of a session tell of its place, before anything is concluded.
 *
 * @param session as the table has it
 * @param stations each, with what it has to say
 * @param pairs of stations whose recordings were compared
 */
record SessionEvidence(Session session, List<StationUse> stations, List<PairDelay> pairs) {

    /** Copies the lists. */
    SessionEvidence {
        stations = List.copyOf(stations);
        pairs = List.copyOf(pairs);
    }
}
