package io.heimdall.model.optimizer;

import io.heimdall.model.network.ParameterSpec;
import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Function;

/**
 * The optimiser of one training: AdamW and its state, over weights and gradients in host memory, in the precision of that
 * memory.
 *
 * <p>For one thread at a time.
 */
public final class HostOptimizer {
    private final List<ParameterSpec> trained;
    private final int threads;
    private OptimizerState state;

    /**
     * Makes an optimiser before its first step.
     *
     * @param trained the tensors that it may move
     * @param threads to compute with, at least 1
     */
    public HostOptimizer(List<ParameterSpec> trained, int threads) {
        this.trained = List.copyOf(trained);
        this.threads = threads;
        state = OptimizerState.initial(trained);
    }

    /** Returns the tensors that it may move. */
    public List<ParameterSpec> trained() {
        return trained;
    }

    /** Returns the tensors that a step moves. */
    public List<ParameterSpec> moving(OptimizerStep step) {
        return trained.stream().filter(tensor -> step.moves(tensor.name())).toList();
    }

    /**
     * Moves the weights of a step and, where the norm is finite, counts the step.
     *
     * @param weights by name, {@link FloatBuffer} or {@link DoubleBuffer}; written to
     * @param gradients by name, of the same type
     * @return the L2 norm over the gradients of what moves, before clipping
     */
    public double update(OptimizerStep step, Function<String, Buffer> weights, Function<String, Buffer> gradients) {
        List<String> names = moving(step).stream().map(ParameterSpec::name).toList();
        boolean doubles = names.stream().map(weights).anyMatch(DoubleBuffer.class::isInstance);
        double norm = doubles
                ? DoubleAdamW.update(
                        names.stream()
                                .map(name -> new DoubleParameter(
                                        name, (DoubleBuffer) weights.apply(name), (DoubleBuffer) gradients.apply(name)))
                                .toList(),
                        state,
                        step)
                : AdamW.update(
                        names.stream()
                                .map(name -> new Parameter(
                                        name, (FloatBuffer) weights.apply(name), (FloatBuffer) gradients.apply(name)))
                                .toList(),
                        state,
                        step,
                        threads);
        if (Double.isFinite(norm)) {
            state = state.at(step.step());
        }
        return norm;
    }

    /** Returns the state itself, in the order of the memory; not to be written to. */
    public OptimizerState state() {
        return state;
    }

    /** Takes a state of exactly the trained tensors, in the order of the memory, and its arrays with it. */
    public void load(OptimizerState other) {
        state = other;
    }
}
