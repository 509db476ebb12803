package io.heimdall.model.backend;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.weights.Weights;
import java.util.List;
import java.util.Map;

/**
 * One network in an engine, with its weights and its optimiser's state.
 *
 * <p>For one caller at a time; calls may come from different threads. After {@link #close()} every call throws
 * {@link IllegalStateException}. A new session has the weights of {@code Weights.initial(network, options.seed())}.
 */
public interface TrainingSession extends AutoCloseable {

    /** Does one training step of one batch, as {@link #step(List, Loss, OptimizerStep)} does. */
    default StepResult step(Batch batch, Loss loss, OptimizerStep optimizer) {
        return step(List.of(batch), loss, optimizer);
    }

    /**
     * Does one training step: forward in training mode, loss and backward for each part, then one update by the mean over all rows.
     *
     * <p>Dropout is {@link DropoutMask}'s, of {@link SessionOptions#stepSeed(long, int)}. Batch norm has the statistics of each part by
     * itself. If loss or gradient norm is not
     * finite, the weights and the optimiser state stay as they were (running statistics may have moved) and the result
     * says so.
     *
     * @param parts at least one
     * @return the mean of the loss over all rows; the loss of the first part for which it is not finite
     * @throws IllegalArgumentException if {@link NetworkSpec#checkTrainable} refuses a part
     */
    StepResult step(List<Batch> parts, Loss loss, OptimizerStep optimizer);

    /** Returns how long the parts of the last step took; {@link StepTimes#NONE} where that is not measured. */
    default StepTimes times() {
        return StepTimes.NONE;
    }

    /**
     * Runs the network in evaluation mode.
     *
     * @param inputs what the network reads, by name, each of shape (batch, axes...)
     * @return the numbers of the last layer, shape (batch, {@code network().output().width()})
     * @throws IllegalArgumentException if {@link NetworkSpec#checkPredictable} refuses the inputs
     */
    FloatTensor predict(Map<String, FloatTensor> inputs);

    /** Returns the network that the session was opened with. */
    NetworkSpec network();

    /** Returns a copy of the weights, running statistics included. */
    Weights weights();

    /**
     * Replaces the weights.
     *
     * @throws IllegalArgumentException naming the tensors that are missing, extra or of another shape
     */
    void load(Weights weights);

    /** Returns a copy of the optimiser's state. */
    OptimizerState optimizer();

    /**
     * Replaces the optimiser's state.
     *
     * @throws IllegalArgumentException if it is not one of exactly the tensors that this session trains
     */
    void load(OptimizerState state);

    /** Frees everything the session holds; a second call does nothing. */
    @Override
    void close();
}
