package io.heimdall.pipeline.input;

import io.heimdall.dataset.Session;

/**
 * One row of a batch: the measurements of a session that a network reads at once.
 *
 * @param id of the session, or of session and station
 * @param session with the measurements that belong to the row
 */
public record Observation(String id, Session session) {}
