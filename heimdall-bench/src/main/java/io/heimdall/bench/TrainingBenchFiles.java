package io.heimdall.bench;

import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes the initial weights and the data of {@link TrainingBench} and PyTorch into a folder, its only argument. */
public final class TrainingBenchFiles {
    private TrainingBenchFiles() {}

    /** Writes weights, the model file of the same weights, and one batch of standard normal values, little-endian floats. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        NetworkSpec network = LocalizationNet.resnet18(TrainingBench.CHANNELS);
        Weights weights = Weights.initial(network, 1);
        Safetensors.write(folder.resolve("weights.safetensors"), weights);
        OnnxExporter.write(folder.resolve("model.onnx"), network, weights, description(network));
        var random = new Random(1);
        int values = TrainingBench.ROWS * TrainingBench.CHANNELS * LocalizationNet.BANDS * LocalizationNet.FRAMES;
        write(folder.resolve("features.f32"), random, values);
        write(folder.resolve("targets.f32"), random, 2 * TrainingBench.ROWS);
    }

    /** A plane whose degrees and a statistic whose units make the outputs the network's own. */
    static ModelDescription description(NetworkSpec network) {
        var plane = new LocalPlane(0, 0);
        TensorSpec features = network.inputs().get(0);
        var units = new AffineMap(0, plane.metresPerDegreeEast(), 0, plane.metresPerDegreeNorth());
        return new ModelDescription(
                new InputSpec(
                        "stations",
                        Map.of(),
                        List.of(features),
                        List.of(new NetworkTensor(features, new Formula.Given(features.name())))),
                network.output(),
                new PlaneScale(plane, units),
                1,
                "0".repeat(32),
                Map.of());
    }

    private static void write(Path file, Random random, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat((float) random.nextGaussian());
        }
        Files.write(file, bytes.array());
    }
}
