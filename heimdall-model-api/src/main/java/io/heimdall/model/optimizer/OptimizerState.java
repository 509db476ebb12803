package io.heimdall.model.optimizer;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.ParameterSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * The state of AdamW between steps.
 *
 * @param step number of steps done
 * @param moments by the name of the trained tensor
 */
public record OptimizerState(long step, Map<String, Moments> moments) {

    /** Copies the map, not the arrays. */
    public OptimizerState {
        moments = Collections.unmodifiableMap(new LinkedHashMap<>(moments));
    }

    /** Returns the state before the first step: zeros for each of {@code parameters} that is trained. */
    public static OptimizerState initial(List<ParameterSpec> parameters) {
        Map<String, Moments> moments = new LinkedHashMap<>();
        for (ParameterSpec parameter : parameters) {
            if (parameter.kind().trained()) {
                int length = Math.toIntExact(FloatTensor.elements(parameter.shape()));
                moments.put(parameter.name(), new Moments(new float[length], new float[length]));
            }
        }
        return new OptimizerState(0, moments);
    }

    /** Returns a state that shares no array with this one. */
    public OptimizerState copy() {
        Map<String, Moments> copies = new LinkedHashMap<>();
        moments.forEach((name, m) ->
                copies.put(name, new Moments(m.first().clone(), m.second().clone())));
        return new OptimizerState(step, copies);
    }

    /** Returns a state of the same arrays after {@code step} steps. */
    public OptimizerState at(long step) {
        return new OptimizerState(step, moments);
    }

    /**
     * Checks that this is a state for exactly these tensors.
     *
     * @throws IllegalArgumentException naming a tensor without moments, with moments of another length, or unknown
     */
    public void check(List<ParameterSpec> trained) {
        var unknown = new LinkedHashSet<>(moments.keySet());
        for (ParameterSpec parameter : trained) {
            long length = FloatTensor.elements(parameter.shape());
            Moments own = moments.get(parameter.name());
            if (own == null || own.first().length != length || own.second().length != length) {
                throw new IllegalArgumentException("optimiser state: " + parameter.name() + " needs moments of "
                        + length + " values and has "
                        + (own == null ? "none" : own.first().length + " and " + own.second().length));
            }
            unknown.remove(parameter.name());
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("optimiser state: moments for tensors that are not trained: " + unknown);
        }
    }

    /**
     * The moving averages of one tensor, both as long as it.
     *
     * @param first of the gradient
     * @param second of the squared gradient
     */
    public record Moments(float[] first, float[] second) {}
}
