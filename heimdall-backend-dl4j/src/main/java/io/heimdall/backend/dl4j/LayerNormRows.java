package io.heimdall.backend.dl4j;

import java.util.List;

/**
 * Normalisation of each row, with the biased variance, then weight and bias.
 *
 * @param width of a row; the parameters are the weight, then the bias
 * @param eps added to the variance
 */
record LayerNormRows(int width, double eps) implements RowOperation {

    @Override
    public int parameters() {
        return 2 * width;
    }

    @Override
    public Result forward(List<Numbers> inputs, double[] parameters) {
        Numbers input = inputs.get(0);
        Numbers output = input.zeros();
        double[] normed = new double[input.values().length];
        double[] scales = new double[input.rows()];
        for (int row = 0; row < scales.length; row++) {
            int start = row * width;
            scales[row] = normalise(input.values(), normed, start);
            for (int i = 0; i < width; i++) {
                output.values()[start + i] = normed[start + i] * parameters[i] + parameters[width + i];
            }
        }
        return new Result(
                output, (byOutput, byParameters) -> backward(normed, scales, byOutput, parameters, byParameters));
    }

    /** Returns one over the deviation. */
    private double normalise(double[] values, double[] normed, int start) {
        double sum = 0;
        for (int i = start; i < start + width; i++) {
            sum += values[i];
        }
        double mean = sum / width;
        double squares = 0;
        for (int i = start; i < start + width; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        double scale = 1 / Math.sqrt(squares / width + eps);
        for (int i = start; i < start + width; i++) {
            normed[i] = (values[i] - mean) * scale;
        }
        return scale;
    }

    /** With n = normed and h = weight * byOutput: scale * (h - mean(h) - n mean(h n)), of each row. */
    private List<Numbers> backward(
            double[] normed, double[] scales, Numbers byOutput, double[] parameters, double[] byParameters) {
        Numbers byInput = byOutput.zeros();
        double[] slope = byOutput.values();
        for (int row = 0; row < scales.length; row++) {
            int start = row * width;
            double sum = 0;
            double along = 0;
            for (int i = 0; i < width; i++) {
                double weighted = slope[start + i] * parameters[i];
                sum += weighted;
                along += weighted * normed[start + i];
                byParameters[i] += slope[start + i] * normed[start + i];
                byParameters[width + i] += slope[start + i];
            }
            for (int i = 0; i < width; i++) {
                double weighted = slope[start + i] * parameters[i];
                byInput.values()[start + i] = scales[row] * (weighted - (sum + along * normed[start + i]) / width);
            }
        }
        return List.of(byInput);
    }
}
