package io.heimdall.pipeline.prediction;

import io.heimdall.dataset.Session;
import io.heimdall.pipeline.location.SessionEvidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The evidence of sessions, which are asked for in their order. It is measured for some sessions at a time, so that all processors
 * are busy, and forgotten with the next ones, since delays between recordings are large. For one thread.
 */
final class EvidenceAhead {
    private static final int SESSIONS = 32;

    private final List<Session> sessions;
    private final Function<List<Session>, Map<String, SessionEvidence>> measuring;
    private Map<String, SessionEvidence> measured = Map.of();
    private int asked;
    private int end;

    /**
     * Measures nothing yet.
     *
     * @param measuring returns what the sessions tell that tell something, by their ids
     */
    EvidenceAhead(List<Session> sessions, Function<List<Session>, Map<String, SessionEvidence>> measuring) {
        this.sessions = sessions;
        this.measuring = measuring;
    }

    /** Returns what the next session tells; empty if nothing. */
    Optional<SessionEvidence> next() {
        if (asked == end) {
            end = Math.min(sessions.size(), asked + SESSIONS);
            measured = measuring.apply(sessions.subList(asked, end));
        }
        return Optional.ofNullable(measured.get(sessions.get(asked++).id()));
    }
}
