package io.heimdall.model.optimizer;

import java.util.Collections;
import java.util.LinkedHashMap;
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

    /**
     * The moving averages of one tensor, both as long as it.
     *
     * @param first of the gradient
     * @param second of the squared gradient
     */
    public record Moments(float[] first, float[] second) {}
}
