package io.heimdall.pipeline.input;

import io.heimdall.dataset.Session;

/**
 * What a network sees at once: a row of a batch.
 *
 * @param id of the session, or of session and station
 * @param session with the measurements that belong to the row
 */
public record Observation(String id, Session session) {}
