package io.heimdall.dataset;

import io.heimdall.files.ObjectKey;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The result of a training, as other services of Heimdall read it.
 *
 * @param name of the model, not blank
 * @param type of the network, for instance {@code resnet18}
 * @param mlflowRunId the run that tells all about it: its id on the MLflow server; where there is none, or it has not got the
 *     run yet, the id in the workspace
 * @param mlflowExperimentId the run's experiment, where it is a number
 * @param trainingDataset name of one of Heimdall's training datasets, where the training was made of one
 * @param model the exported network in the object store
 * @param accuracyMetres median error on the test split, 0 or more; empty if there was none to judge by
 * @param sigmaMetres mean of the predicted standard deviation on the test split, 0 or more; empty likewise
 * @param loss of the validation split, at the epoch that was kept
 * @param epoch of the kept weights, from 1; 0 for pretrained weights, and then the loss is that of the pretraining
 * @param hyperparameters by name; no secrets
 * @param metrics by name
 */
public record ModelResult(
        String name,
        String type,
        String mlflowRunId,
        OptionalInt mlflowExperimentId,
        Optional<String> trainingDataset,
        ObjectKey model,
        OptionalDouble accuracyMetres,
        OptionalDouble sigmaMetres,
        double loss,
        int epoch,
        Map<String, String> hyperparameters,
        Map<String, Double> metrics) {

    /** Checks the names and numbers. */
    public ModelResult {
        if (name.isBlank() || mlflowRunId.isBlank()) {
            throw new IllegalArgumentException(
                    "a result needs a name and a run, found '" + name + "' and '" + mlflowRunId + "'");
        }
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(model, "model");
        if (!(accuracyMetres.orElse(0) >= 0 && sigmaMetres.orElse(0) >= 0)) {
            throw new IllegalArgumentException("accuracy " + accuracyMetres.orElse(0) + " m and sigma "
                    + sigmaMetres.orElse(0) + " m of model " + name + " must be 0 or more");
        }
        hyperparameters = Map.copyOf(new TreeMap<>(hyperparameters));
        metrics = Map.copyOf(new TreeMap<>(metrics));
    }
}
