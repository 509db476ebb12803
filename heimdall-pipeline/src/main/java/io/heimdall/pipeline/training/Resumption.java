package io.heimdall.pipeline.training;

import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.util.Optional;

/**
 * The way in which a training is resumed.
 *
 * @param modelName to register the result under from now on; empty for the one that the training was begun with
 * @param tryAgain whether to go on also where its process has died at one step too often
 */
public record Resumption(Optional<String> modelName, boolean tryAgain) {
    /** Everything as before. */
    public static final Resumption PLAIN = new Resumption(Optional.empty(), false);

    /**
     * Returns the training that is gone on with, having written what is other than before.
     *
     * @throws IllegalArgumentException if the model's name cannot be one
     */
    TrainingFolder of(TrainingFolder folder) throws IOException {
        boolean same =
                modelName.isEmpty() || modelName.get().equals(folder.settings().modelName());
        if (same) {
            return folder;
        }
        ModelVersion.checkName(modelName.get());
        return folder.withModelName(modelName.get());
    }
}
