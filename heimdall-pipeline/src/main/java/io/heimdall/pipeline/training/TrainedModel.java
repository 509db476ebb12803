package io.heimdall.pipeline.training;

import io.heimdall.export.ModelDescription;
import io.heimdall.model.network.NetworkSpec;

/**
 * What weights alone do not say: the network they belong to, how its input is made and what its output means.
 *
 * <p>Lies beside the checkpoints as {@code model.json}, so that a checkpoint can be exported at any time; {@link TrainedModelJson} writes and reads it.
 *
 * @param network as it was built
 * @param description of input and output
 * @param pretrained whether the weights that the training kept are those of its pretraining
 */
public record TrainedModel(NetworkSpec network, ModelDescription description, boolean pretrained) {
    /** Returns the same model with another description. */
    TrainedModel described(ModelDescription other) {
        return new TrainedModel(network, other, pretrained);
    }

    /** Returns the same model, of other weights. */
    TrainedModel pretrained(boolean keeps) {
        return new TrainedModel(network, description, keeps);
    }
}
