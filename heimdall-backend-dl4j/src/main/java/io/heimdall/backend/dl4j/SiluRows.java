package io.heimdall.backend.dl4j;

import java.util.List;

/** x / (1 + exp(-x)) of each number. */
record SiluRows() implements RowOperation {

    @Override
    public Result forward(List<Numbers> inputs, double[] parameters) {
        Numbers input = inputs.get(0);
        Numbers output = input.zeros();
        double[] slope = new double[input.values().length];
        for (int i = 0; i < slope.length; i++) {
            double x = input.values()[i];
            double share = 1 / (1 + Math.exp(-x));
            output.values()[i] = x * share;
            slope[i] = share * (1 + x * (1 - share));
        }
        return new Result(output, (byOutput, none) -> {
            Numbers byInput = input.zeros();
            for (int i = 0; i < slope.length; i++) {
                byInput.values()[i] = slope[i] * byOutput.values()[i];
            }
            return List.of(byInput);
        });
    }
}
