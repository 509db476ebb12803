package io.heimdall.model.backend;

import io.heimdall.model.Batch;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.ParameterSpec;
import java.nio.Buffer;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One network in an engine's memory: the computations that an {@link EngineSession} needs.
 *
 * <p>Everything is called on the engine's thread, with arguments that are checked.
 */
public interface EngineNetwork extends AutoCloseable {

    /**
     * Computes a loss and its gradients.
     *
     * @param stepSeed of the dropout
     * @param moving the tensors that need gradients; others may have them
     * @param update moves the weights by the gradients, by name, and returns their norm; to be called while they are in memory,
     *     and only where the loss is finite
     */
    StepResult step(
            Batch batch,
            Loss loss,
            long stepSeed,
            List<ParameterSpec> moving,
            ToDoubleFunction<Function<String, Buffer>> update);

    /** Returns the numbers of the last layer in evaluation mode, (batch, width). */
    FloatTensor predict(Map<String, FloatTensor> inputs);

    /** Returns the memory of a tensor, a {@link java.nio.FloatBuffer} or {@link java.nio.DoubleBuffer}. */
    Buffer memory(String tensor);

    /** Returns a copy of values that are in the order of a tensor's shape, in the order of its memory. */
    default float[] toMemory(ParameterSpec tensor, float[] values) {
        return values.clone();
    }

    /** Returns a copy of values that are in the order of a tensor's memory, in the order of its shape. */
    default float[] fromMemory(ParameterSpec tensor, float[] values) {
        return values.clone();
    }

    /** Frees the memory. */
    @Override
    void close();
}
