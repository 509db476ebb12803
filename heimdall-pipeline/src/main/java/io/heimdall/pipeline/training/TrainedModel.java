package io.heimdall.pipeline.training;

import io.heimdall.export.ModelDescription;
import io.heimdall.model.network.NetworkSpec;

/**
 * The description that belongs to weights: their network, its input and the meaning of its output.
 *
 * <p>It is saved beside the checkpoints as {@code model.json}, so that a checkpoint can be exported at any time.
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
