package io.heimdall.pipeline.data;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.sample.RecordingFeatures;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import java.util.List;

/**
 * Sessions without the recordings that cannot be read; the features of all others are in the cache.
 *
 * @param sessions that still have a level
 * @param warnings what was left out, and why
 */
public record ReadableSessions(List<Session> sessions, List<String> warnings) {

    /**
     * Computes what features are missing.
     *
     * @throws PipelineException if none of the sessions can be read
     */
    public static ReadableSessions of(List<Session> sessions, RecordingFeatures features, PipelineListener listener) {
        listener.begin(Phase.LOAD, sessions.size());
        FeaturePass pass = FeaturePass.over(
                sessions, features, session -> !session.levels().isEmpty(), done -> listener.advance(done, ""));
        return new ReadableSessions(pass.sessions(), SessionPool.faults(pass, sessions.size()));
    }
}
