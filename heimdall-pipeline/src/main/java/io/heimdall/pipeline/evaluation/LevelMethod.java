package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;
import java.util.List;

/** A method that locates a transmitter from received levels: a rival of the network. */
public interface LevelMethod {

    /** Returns the key in the evaluation's JSON: {@code weighted_centroid}. */
    String id();

    /** Returns the name for people. */
    String title();

    /**
     * Locates the transmitter of a session.
     *
     * @param session with a level of one station at least
     */
    GeoPoint locate(Session session);

    /** Locates the transmitter of a session whose source is known, and holds the answer against the truth. */
    default Answer judge(Session session) {
        return Answer.of(session.source().orElseThrow(), locate(session));
    }

    /** Returns the distance of each session's estimate from its truth, metres. */
    default double[] distances(List<Session> sessions) {
        return sessions.parallelStream()
                .mapToDouble(session -> Answer.distance(session.source().orElseThrow(), locate(session)))
                .toArray();
    }
}
