package io.heimdall.tracking;

import java.util.OptionalInt;
import java.util.Set;

/**
 * The identity of a file store's run on an MLflow server, which assigns its own ids.
 *
 * @param runId in the store
 * @param serverRunId on the server
 * @param serverExperimentId of its experiment on the server
 * @param models that have versions of this run in the store
 */
public record SentRun(String runId, String serverRunId, String serverExperimentId, Set<String> models) {

    /** Copies the set. */
    public SentRun {
        models = Set.copyOf(models);
    }

    /** Returns the experiment on the server as a number; servers on a file store have names that are none. */
    public OptionalInt experimentNumber() {
        try {
            return OptionalInt.of(Integer.parseInt(serverExperimentId));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
