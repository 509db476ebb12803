package io.heimdall.model.optimizer;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.network.ParameterSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What AdamW remembers between steps.
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
     * The moving averages of one tensor, both as long as it.
     *
     * @param first of the gradient
     * @param second of the squared gradient
     */
    public record Moments(float[] first, float[] second) {}
}
