package io.heimdall.tracking;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The record of experiments: runs, and the model versions of runs.
 *
 * <p>Thread-safe, also between processes on the same record. Every method throws {@link TrackingException} when the
 * record cannot be written or read, and {@link IllegalArgumentException} for an invalid name.
 */
public interface Tracker {

    /** Starts a run; its status is {@link RunStatus#RUNNING}. */
    TrackedRun start(RunInfo info);

    /**
     * Goes on with a run, most likely one that a killed process left behind; its status becomes
     * {@link RunStatus#RUNNING} again.
     */
    TrackedRun resume(String runId);

    /** Returns all runs, the latest first; what is damaged is left out with a warning in the log. */
    List<RunSummary> runs();

    /** Returns a run. */
    Optional<RunSummary> run(String runId);

    /** Returns every value of a metric of a run, in the order of recording; empty if there are none. */
    List<MetricPoint> history(String runId, String metric);

    /**
     * Returns an artifact of a run as a local file or directory, which must not be written to.
     *
     * @param artifact path among the run's artifacts: {@code model/model.onnx}
     */
    Path fetch(String runId, String artifact);

    /** Returns where a run is on the server that this record is sent to, if there is one and it has got anything of the run. */
    default Optional<SentRun> sent(String runId) {
        return Optional.empty();
    }

    /**
     * Checks that a version of a model could be registered, and leaves no trace of it.
     *
     * @param name of the model
     */
    void checkModel(String name);

    /**
     * Registers the next version of a model, and the model itself when it is new.
     *
     * @param name of the model
     * @param runId of the run that has the model among its artifacts
     * @param artifact the model's directory there: {@code model}
     */
    ModelVersion registerModel(String name, String runId, String artifact);

    /** Points an alias at a version, and away from where it pointed before. */
    void alias(String name, String alias, int version);

    /**
     * Moves an alias, if it still points where the move begins: of several processes that move it at once from the same version,
     * one succeeds. A killed process leaves the alias on the one or the other version.
     *
     * @throws TrackingException if the alias points elsewhere, or there is no such version
     */
    void move(String name, AliasMove move);

    /**
     * Sets tags of a version, in place of their former values.
     *
     * @throws TrackingException if there is no such version
     */
    void tag(String name, int version, Map<String, String> tags);

    /** Returns the versions of a model in their order; none if there is no such model. */
    List<ModelVersion> versions(String name);

    /** Returns the version that an alias points at. */
    default Optional<ModelVersion> byAlias(String name, String alias) {
        Names.alias(alias);
        return versions(name).stream()
                .filter(version -> version.aliases().contains(alias))
                .findFirst();
    }
}
