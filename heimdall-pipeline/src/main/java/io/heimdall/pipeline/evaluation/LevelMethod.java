package io.heimdall.pipeline.evaluation;

import io.heimdall.dataset.GeoPoint;
import io.heimdall.dataset.Session;

/** A way to locate a transmitter from the levels of the stations that heard it; what a network has to beat. */
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
}
