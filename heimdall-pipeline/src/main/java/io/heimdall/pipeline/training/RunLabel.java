package io.heimdall.pipeline.training;

import java.util.Map;
import java.util.Optional;

/**
 * What the record of a run says of its origin.
 *
 * @param name of the run, for people; empty for the usual one
 * @param tags beside those that every training has, such as MLflow's of the run above it
 */
public record RunLabel(Optional<String> name, Map<String, String> tags) {
    /** A run of its own. */
    public static final RunLabel PLAIN = new RunLabel(Optional.empty(), Map.of());

    /** Copies the map. */
    public RunLabel {
        tags = Map.copyOf(tags);
    }
}
