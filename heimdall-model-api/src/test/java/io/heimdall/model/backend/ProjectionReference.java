package io.heimdall.model.backend;

import io.heimdall.model.Batch;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.Operation.Conv2d;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.weights.Weights;
import java.util.HashMap;
import java.util.Map;

/**
 * The loss of {@link Projections#plain} in double precision, pixel by pixel as the definition has it:
 * <pre>{@code
 * out[o][y][x] = sum_i weight[o][i] in[i][y*stride - padding][x*stride - padding], 0 outside of the input
 * }</pre>
 */
final class ProjectionReference {
    private final int height;
    private final int width;
    private final Conv2d reduce;
    private final Conv2d project;
    private final Batch batch;
    private final Map<String, double[]> weights = new HashMap<>();

    ProjectionReference(int height, int width, Conv2d reduce, Conv2d project, Batch batch, Weights weights) {
        this.height = height;
        this.width = width;
        this.reduce = reduce;
        this.project = project;
        this.batch = batch;
        weights.tensors().forEach((name, tensor) -> {
            double[] values = new double[tensor.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = tensor.values()[i];
            }
            this.weights.put(name, values);
        });
    }

    /** Values of one row: channel, row, column. */
    private record Image(double[] values, int channels, int height, int width) {
        double at(int channel, int y, int x) {
            boolean inside = y >= 0 && y < height && x >= 0 && x < width;
            return inside ? values[(channel * height + y) * width + x] : 0;
        }
    }

    double loss() {
        int rows = batch.size();
        double[] numbers = new double[4 * rows];
        for (int row = 0; row < rows; row++) {
            double[] features = pooled(convolved("project", project, convolved("reduce", reduce, image(row))));
            for (int axis = 0; axis < 2; axis++) {
                numbers[4 * row + axis] = linear("position_head.0", axis, features);
                double raw = linear("uncertainty_head.0", axis, features);
                numbers[4 * row + 2 + axis] = Math.log1p(Math.exp(raw)) + LocalizationNet.SIGMA_MIN;
            }
        }
        return new GaussianNll()
                .evaluate(
                        new IndependentNormalOutput(), numbers, batch.targets().values(), new double[4 * rows]);
    }

    /** Returns the derivative of the loss with respect to one weight, by central differences. */
    double slope(String name, int index) {
        double[] values = weights.get(name);
        double at = values[index];
        double step = 1e-5;
        values[index] = at + step;
        double more = loss();
        values[index] = at - step;
        double less = loss();
        values[index] = at;
        return (more - less) / (2 * step);
    }

    private Image image(int row) {
        int length = reduce.in() * height * width;
        double[] values = new double[length];
        float[] features = batch.inputs().get(LocalizationNet.FEATURES).values();
        for (int i = 0; i < length; i++) {
            values[i] = features[row * length + i];
        }
        return new Image(values, reduce.in(), height, width);
    }

    private Image convolved(String name, Conv2d conv, Image in) {
        int outHeight = (in.height() + 2 * conv.padding() - 1) / conv.stride() + 1;
        int outWidth = (in.width() + 2 * conv.padding() - 1) / conv.stride() + 1;
        double[] weight = weights.get(name + ".weight");
        double[] out = new double[conv.out() * outHeight * outWidth];
        int at = 0;
        for (int o = 0; o < conv.out(); o++) {
            for (int y = 0; y < outHeight; y++) {
                for (int x = 0; x < outWidth; x++, at++) {
                    for (int i = 0; i < conv.in(); i++) {
                        double pixel = in.at(i, y * conv.stride() - conv.padding(), x * conv.stride() - conv.padding());
                        out[at] += weight[o * conv.in() + i] * pixel;
                    }
                }
            }
        }
        return new Image(out, conv.out(), outHeight, outWidth);
    }

    private static double[] pooled(Image image) {
        double[] means = new double[image.channels()];
        int area = image.height() * image.width();
        for (int i = 0; i < image.values().length; i++) {
            means[i / area] += image.values()[i] / area;
        }
        return means;
    }

    private double linear(String name, int out, double[] features) {
        double sum = weights.get(name + ".bias")[out];
        for (int i = 0; i < features.length; i++) {
            sum += weights.get(name + ".weight")[out * features.length + i] * features[i];
        }
        return sum;
    }
}
