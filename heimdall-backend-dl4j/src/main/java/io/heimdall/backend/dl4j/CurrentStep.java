package io.heimdall.backend.dl4j;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.backend.SetRows;
import java.util.Map;

/** What the operations of a graph need to know of the step at hand, beside the values that flow through them. */
final class CurrentStep {
    private Map<String, FloatTensor> inputs = Map.of();
    private long seed;

    /** Begins a step on a batch. */
    void begin(Map<String, FloatTensor> inputs, long seed) {
        this.inputs = inputs;
        this.seed = seed;
    }

    /** Lets go of the batch. */
    void end() {
        inputs = Map.of();
    }

    /** Returns the seed of the step's dropout. */
    long seed() {
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
