package io.heimdall.backend.dl4j;

import java.util.List;

/**
 * Mean and largest value of each feature over the elements of a set whose mask is 1, side by side.
 *
 * @param step gives the mask
 * @param mask name of the input
 */
record SetPoolRows(CurrentStep step, String mask) implements RowOperation {

    @Override
    public Result forward(List<Numbers> inputs, double[] parameters) {
        Numbers input = inputs.get(0);
        int sets = step.sets();
        int elements = input.rows() / sets;
        int width = input.width();
        float[] looked = step.values(mask);
        Numbers output = Numbers.zeros(sets, 2 * width);
        double[] counts = new double[sets];
        for (int set = 0; set < sets; set++) {
            int mean = set * 2 * width;
            int top = mean + width;
            java.util.Arrays.fill(output.values(), top, top + width, Double.NEGATIVE_INFINITY);
            for (int row = set * elements; row < (set + 1) * elements; row++) {
                if (looked[row] > 0) {
                    counts[set]++;
                    for (int i = 0; i < width; i++) {
                        double x = input.values()[row * width + i];
                        output.values()[mean + i] += x;
                        output.values()[top + i] = Math.max(output.values()[top + i], x);
                    }
                }
            }
            for (int i = 0; i < width; i++) {
                output.values()[mean + i] /= counts[set];
            }
        }
        return new Result(
                output, (byOutput, none) -> List.of(backward(input, output, counts, looked, byOutput.values())));
    }

    /** Elements that share the largest value share its slope, as in PyTorch. */
    private static Numbers backward(Numbers input, Numbers output, double[] counts, float[] looked, double[] slope) {
        Numbers byInput = input.zeros();
        int width = input.width();
        int elements = input.rows() / counts.length;
        int[] largest = new int[slope.length];
        for (int row = 0; row < input.rows(); row++) {
            int top = row / elements * 2 * width + width;
            for (int i = 0; i < width && looked[row] > 0; i++) {
                largest[top + i] += input.values()[row * width + i] == output.values()[top + i] ? 1 : 0;
            }
        }
        for (int row = 0; row < input.rows(); row++) {
            int set = row / elements;
            int mean = set * 2 * width;
            int top = mean + width;
            for (int i = 0; i < width && looked[row] > 0; i++) {
                boolean isLargest = input.values()[row * width + i] == output.values()[top + i];
                byInput.values()[row * width + i] =
                        slope[mean + i] / counts[set] + (isLargest ? slope[top + i] / largest[top + i] : 0);
            }
        }
        return byInput;
    }
}
