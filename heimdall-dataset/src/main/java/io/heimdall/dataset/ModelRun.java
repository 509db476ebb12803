package io.heimdall.dataset;

import java.util.OptionalInt;

/**
 * The MLflow run of a result.
 *
 * @param training as the result was written down with, see {@link ModelCatalog#addModel}
 * @param model name of the result's model
 * @param mlflowRunId the run's id there
 * @param mlflowExperimentId the run's experiment there, where it is a number
 */
public record ModelRun(String training, String model, String mlflowRunId, OptionalInt mlflowExperimentId) {

    /** Checks the names. */
    public ModelRun {
        if (training.isBlank() || model.isBlank() || mlflowRunId.isBlank()) {
            throw new IllegalArgumentException("a run needs a training, a model and an id, found '" + training + "', '"
                    + model + "' and '" + mlflowRunId + "'");
        }
    }
}
