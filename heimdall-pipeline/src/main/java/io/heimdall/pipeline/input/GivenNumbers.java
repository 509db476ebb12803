package io.heimdall.pipeline.input;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.input.InputSpec;
import java.util.Map;

/** The numbers that a client gives for stations: a model has a vector for each station that it knows, and one for all others. */
public final class GivenNumbers {
    private static final String COUNT = "station_count";

    private GivenNumbers() {}

    /**
     * Checks that a model has the numbers of a batch; an input that has no such numbers, or does not tell how many, is not looked at.
     *
     * @param input of the model
     * @param batch by name, each of shape (batch, axes...)
     * @throws IllegalArgumentException naming the first number that the model does not have
     */
    public static void check(InputSpec input, Map<String, FloatTensor> batch) {
        FloatTensor numbers = batch.get(SetInput.INDEX);
        String known = input.parameters().get(COUNT);
        if (numbers == null || known == null) {
            return;
        }
        int count = Integer.parseInt(known);
        for (float number : numbers.values()) {
            if (number < 0 || number > count) {
                throw new IllegalArgumentException("the input '" + SetInput.INDEX + "' has the number " + (long) number
                        + ", expected 0.." + count + ": the model knows " + count
                        + " stations, and the last number is for all others");
            }
        }
    }
}
