package io.heimdall.export;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.weights.Weights;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the tests export, and what it should compute. */
final class Descriptions {
    static final PlaneScale PLANE =
            new PlaneScale(new LocalPlane(54.6872, 25.2797), new AffineMap(1200, 61_000, -800, 43_000));

    static final ModelDescription LITHUANIA = new ModelDescription(
            new InputSpec(
                    "stations",
                    Map.of(
                            "feature_parameters", "fft=2048 hop=512",
                            "channel_layout", "stations",
                            "stations", "[\"Vilnius\",\"Kaunas \\\"K\\\"\"]",
                            "absent_db", "-120.0",
                            "feature_mean_db", "-61.25",
                            "feature_deviation_db", "17.5"),
                    List.of(TensorSpec.floats("mel_spectrogram", 2, 128, 32)),
                    List.of(new NetworkTensor(
                            TensorSpec.floats("features", 2, 128, 32),
                            new Formula.Standard(new Formula.Given("mel_spectrogram"), -61.25, 17.5)))),
            new IndependentNormalOutput(),
            PLANE,
            1.3,
            "0123456789abcdef0123456789abcdef",
            Map.of("dataset.fingerprint", "ffee"));

    private Descriptions() {}

    /** The network by its definitions, of what it reads; (batch, width). */
    static FloatTensor naive(NetworkSpec network, Weights weights, Map<String, FloatTensor> inputs) {
        int batch = inputs.values().iterator().next().rows();
        int width = network.output().width();
        FloatTensor numbers = FloatTensor.zeros(batch, width);
        for (int row = 0; row < batch; row++) {
            Map<String, double[][][]> one = new HashMap<>();
            for (Map.Entry<String, FloatTensor> input : inputs.entrySet()) {
                one.put(input.getKey(), row(input.getValue(), row));
            }
            double[] found = NaiveNetwork.evaluate(network, weights, one);
            for (int i = 0; i < width; i++) {
                numbers.values()[row * width + i] = (float) found[i];
            }
        }
        return numbers;
    }

    /** Returns one row as [first axis][second axis][third axis], missing axes of length 1. */
    private static double[][][] row(FloatTensor tensor, int row) {
        int[] shape = tensor.shape();
        int height = shape.length > 2 ? shape[2] : 1;
        int width = shape.length > 3 ? shape[3] : 1;
        double[][][] x = new double[shape[1]][height][width];
        int at = row * shape[1] * height * width;
        for (double[][] image : x) {
            for (double[] line : image) {
                for (int j = 0; j < width; j++) {
                    line[j] = tensor.values()[at++];
                }
            }
        }
        return x;
    }
}
