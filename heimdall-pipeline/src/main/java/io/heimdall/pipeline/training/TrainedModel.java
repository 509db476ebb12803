package io.heimdall.pipeline.training;

import io.heimdall.export.EnsembleMember;
import io.heimdall.export.ModelDescription;
import io.heimdall.model.evidence.LogPool;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.weights.Weights;
import java.util.Optional;

/**
 * The description that belongs to weights: their network, its input and the meaning of its output.
 *
 * <p>It is saved beside the checkpoints as {@code model.json}, so that a checkpoint can be exported at any time.
 *
 * @param network as it was built
 * @param description of input and output
 * @param pretrained whether the weights that the training kept are those of its pretraining
 * @param pool with what the fitted world tells beside the network
 */
public record TrainedModel(
        NetworkSpec network, ModelDescription description, boolean pretrained, Optional<LogPool> pool) {
    /** Returns the same model with another description. */
    TrainedModel described(ModelDescription other) {
        return new TrainedModel(network, other, pretrained, pool);
    }

    /** Returns the same model, of other weights. */
    TrainedModel pretrained(boolean keeps) {
        return new TrainedModel(network, description, keeps, pool);
    }

    /** Returns the same model with evidence beside its network. */
    TrainedModel with(Optional<LogPool> other) {
        ModelDescription told =
                other.map(pool -> description.with(LogPool.KEY, pool.text())).orElse(description);
        return new TrainedModel(network, told, pretrained, other);
    }

    /** Returns the model as the exporter takes it. */
    EnsembleMember of(Weights weights) {
        return new EnsembleMember(network, weights, pool);
    }
}
