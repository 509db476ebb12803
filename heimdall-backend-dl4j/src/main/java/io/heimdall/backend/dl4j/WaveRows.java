package io.heimdall.backend.dl4j;

import java.util.List;

/**
 * Each row p and its waves: (p, sin(0.7 2^k p), cos(0.7 2^k p)), those of one coordinate together.
 *
 * @param count of waves of a coordinate
 */
record WaveRows(int count) implements RowOperation {

    @Override
    public Result forward(List<Numbers> inputs, double[] parameters) {
        Numbers input = inputs.get(0);
        int width = input.width();
        Numbers output = Numbers.zeros(input.rows(), width * (1 + 2 * count));
        double[] out = output.values();
        for (int i = 0; i < input.values().length; i++) {
            int start = i / width * output.width();
            out[start + i % width] = input.values()[i];
            for (int k = 0; k < count; k++) {
                int sine = start + width + i % width * count + k;
                double angle = frequency(k) * input.values()[i];
                out[sine] = Math.sin(angle);
                out[sine + width * count] = Math.cos(angle);
            }
        }
        return new Result(output, (byOutput, none) -> List.of(backward(input, output, byOutput.values())));
    }

    private Numbers backward(Numbers input, Numbers output, double[] byOutput) {
        Numbers byInput = input.zeros();
        int width = input.width();
        for (int i = 0; i < input.values().length; i++) {
            int start = i / width * output.width();
            double slope = byOutput[start + i % width];
            for (int k = 0; k < count; k++) {
                int sine = start + width + i % width * count + k;
                int cosine = sine + width * count;
                slope += frequency(k)
                        * (byOutput[sine] * output.values()[cosine] - byOutput[cosine] * output.values()[sine]);
            }
            byInput.values()[i] = slope;
        }
        return byInput;
    }

    private static double frequency(int k) {
        return 0.7 * (1L << k);
    }
}
