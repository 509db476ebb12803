package io.heimdall.backend.dl4j;

import io.heimdall.model.backend.DropoutMask;
import io.heimdall.model.backend.Precision;
import java.util.List;

/**
 * Dropout with the masks that every engine draws; nothing where the step has no seed.
 *
 * @param step gives the seed
 * @param layer number of the dropout layer, from 0
 * @param probability of 0
 * @param precision that the engine has the mask in
 */
record DropoutRows(CurrentStep step, int layer, double probability, Precision precision) implements RowOperation {

    @Override
    public Result forward(List<Numbers> inputs, double[] parameters) {
        Numbers input = inputs.get(0);
        if (step.seed().isEmpty()) {
            return new Result(input, (byOutput, none) -> List.of(byOutput));
        }
        double[] factors = DropoutMask.factors(step.seed().getAsLong(), layer, input.values().length, probability);
        if (precision == Precision.FLOAT32) {
            for (int i = 0; i < factors.length; i++) {
                factors[i] = (float) factors[i];
            }
        }
        return new Result(multiplied(input, factors), (byOutput, none) -> List.of(multiplied(byOutput, factors)));
    }

    private static Numbers multiplied(Numbers numbers, double[] factors) {
        Numbers products = numbers.zeros();
        for (int i = 0; i < factors.length; i++) {
            products.values()[i] = numbers.values()[i] * factors[i];
        }
        return products;
    }
}
