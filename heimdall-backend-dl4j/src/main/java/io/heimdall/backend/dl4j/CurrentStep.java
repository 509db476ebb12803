package io.heimdall.backend.dl4j;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.SetRows;
import java.util.Map;
import java.util.OptionalLong;

/** What the operations of a graph need to know of the step at hand, beside the values that flow through them. */
final class CurrentStep {
    private Map<String, FloatTensor> inputs = Map.of();
    private OptionalLong seed = OptionalLong.empty();

    /** Begins a training step. */
    void train(Map<String, FloatTensor> inputs, long seed) {
        this.inputs = inputs;
        this.seed = OptionalLong.of(seed);
    }

    /** Begins a prediction. */
    void predict(Map<String, FloatTensor> inputs) {
        this.inputs = inputs;
        seed = OptionalLong.empty();
    }

    /** Lets go of the batch. */
    void end() {
        inputs = Map.of();
    }

    /** Returns the seed of the step's dropout; empty in a prediction. */
    OptionalLong seed() {
        return seed;
    }

    /** Returns the number of rows of the batch, each of which may be a set. */
    int sets() {
        return inputs.values().iterator().next().rows();
    }

    /** Returns the values of an input. */
    float[] values(String input) {
        return inputs.get(input).values();
    }

    /** Returns the elements that a mask chooses. */
    SetRows rows(String mask) {
        return SetRows.of(values(mask));
    }
}
