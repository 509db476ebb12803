package io.heimdall.tracking;

import java.util.Map;
import java.util.TreeMap;

/**
 * The facts of a run at its start.
 *
 * @param experiment that the run belongs to; made when it is new
 * @param name of the run, for people
 * @param tags such as {@code git.commit}, {@code host}, {@code backend}, {@code dataset.fingerprint}
 */
public record RunInfo(String experiment, String name, Map<String, String> tags) {
    /** The tag with the id of the run that a run belongs to; MLflow's page shows it below that one. */
    public static final String PARENT = "mlflow.parentRunId";

    /**
     * Checks the names and copies the map.
     *
     * @throws IllegalArgumentException if experiment or name is blank or a tag's name is not one
     */
    public RunInfo {
        Names.text("experiment", experiment);
        Names.text("run name", name);
        tags.keySet().forEach(tag -> Names.path("tag", tag));
        tags = Map.copyOf(new TreeMap<>(tags));
    }

    /** Returns a run without tags. */
    public static RunInfo of(String experiment, String name) {
        return new RunInfo(experiment, name, Map.of());
    }
}
