package io.heimdall.tracking;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * One version of a registered model.
 *
 * @param name of the model
 * @param version from 1
 * @param runId of the run that made it
 * @param artifact the model's directory among the run's artifacts
 * @param created when it was registered
 * @param aliases that point at it now
 * @param tags that it has: the trace of its promotions, its files of other precisions
 */
public record ModelVersion(
        String name,
        int version,
        String runId,
        String artifact,
        Instant created,
        Set<String> aliases,
        Map<String, String> tags) {

    /** Copies set and map. */
    public ModelVersion {
        aliases = Set.copyOf(aliases);
        tags = Map.copyOf(tags);
    }

    /** Returns a version without tags. */
    public ModelVersion(String name, int version, String runId, String artifact, Instant created, Set<String> aliases) {
        this(name, version, runId, artifact, created, aliases, Map.of());
    }

    /**
     * Checks that a model can have a name in every record.
     *
     * @throws IllegalArgumentException naming what is expected
     */
    public static void checkName(String model) {
        Names.model(model);
    }
}
