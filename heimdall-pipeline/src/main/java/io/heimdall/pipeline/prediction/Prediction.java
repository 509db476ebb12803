package io.heimdall.pipeline.prediction;

import io.heimdall.pipeline.location.LocatedSession;

/** Where a transmitter is: by levels alone as the model says, or by all evidence of its session. */
public sealed interface Prediction {

    /** Returns the id of the session. */
    String sessionId();

    /** The model's answer, of a session without other evidence. */
    record ByLevels(Estimate estimate) implements Prediction {
        @Override
        public String sessionId() {
            return estimate.sessionId();
        }
    }

    /** The product of a session's evidence, the model's answer among it where it has one. */
    record ByEvidence(LocatedSession located) implements Prediction {
        @Override
        public String sessionId() {
            return located.session().id();
        }
    }
}
