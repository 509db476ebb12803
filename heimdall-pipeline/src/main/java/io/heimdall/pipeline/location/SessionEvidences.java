package io.heimdall.pipeline.location;

import io.heimdall.dataset.DatasetException;
import io.heimdall.dataset.Session;
import io.heimdall.files.ObjectFiles;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Measures the delays and bearings of a catalogue's sessions, of each session once: recordings are compared at the price of reading
 * them for each pair. Thread-safe.
 */
public final class SessionEvidences {
    private final SessionDelays delays;
    private final boolean strict;
    private final Map<String, SessionEvidence> measured = new ConcurrentHashMap<>();

    /**
     * Prepares measurements with the usual options.
     *
     * @param recordings finds the sessions' recordings
     */
    public SessionEvidences(ObjectFiles recordings) {
        this(recordings, LocationOptions.defaults());
    }

    /**
     * Prepares measurements.
     *
     * @param recordings finds the sessions' recordings
     */
    public SessionEvidences(ObjectFiles recordings, LocationOptions options) {
        this(new SessionDelays(recordings, options), false);
    }

    private SessionEvidences(SessionDelays delays, boolean strict) {
        this.delays = delays;
        this.strict = strict;
    }

    /**
     * Returns measurements that a fault which may pass ends, as of a server that is away: no session loses its delays by it. Those that
     * throw are not known afterwards.
     */
    public SessionEvidences strict() {
        return new SessionEvidences(delays, true);
    }

    /** Returns the sessions that may have a delay or a bearing, in their order; nothing is read. */
    public List<Session> promising(List<Session> sessions) {
        return sessions.stream().filter(delays::promises).toList();
    }

    /**
     * Returns the evidence of sessions, in their order. Where recordings cannot be compared, a session keeps its bearings.
     *
     * @param done is told how many are measured, by several threads
     * @param fault is told what cannot be compared
     * @throws DatasetException if this is {@link #strict} and recordings cannot be compared because of a fault that may pass
     */
    public List<SessionEvidence> of(List<Session> sessions, LongConsumer done, Consumer<String> fault) {
        AtomicLong count = new AtomicLong();
        ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
        List<SessionEvidence> all = sessions.parallelStream()
                .map(session -> {
                    SessionEvidence known = measured.get(session.id());
                    SessionEvidence one = known == null ? measure(session, faults) : known;
                    measured.put(session.id(), one);
                    done.accept(count.incrementAndGet());
                    return one;
                })
                .toList();
        faults.stream().sorted().forEach(fault);
        return all;
    }

    /**
     * Returns the evidence of those sessions that have a delay or a bearing, by their ids.
     *
     * @param fault is told what cannot be compared
     * @throws DatasetException as {@link #of} does
     */
    public Map<String, SessionEvidence> telling(List<Session> sessions, Consumer<String> fault) {
        return of(promising(sessions), done -> {}, fault).stream()
                .filter(SessionEvidence::tellsSomething)
                .collect(Collectors.toMap(one -> one.session().id(), one -> one, (first, second) -> second));
    }

    private SessionEvidence measure(Session session, ConcurrentLinkedQueue<String> faults) {
        try {
            return delays.of(session);
        } catch (DatasetException e) {
            if (strict && e.mayPassLater()) {
                throw e;
            }
            faults.add("session " + session.id() + " gives no delays: " + e.getMessage());
            return delays.bearingsOf(session);
        }
    }
}
