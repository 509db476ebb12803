package io.heimdall.model.weights;

import io.heimdall.model.FloatTensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The state of a network: tensors by PyTorch's names, in the order of PyTorch's state dict.
 *
 * @param tensors not to be written to
 */
public record Weights(Map<String, FloatTensor> tensors) {

    /** Copies the map, not the tensors. */
    public Weights {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }
}
