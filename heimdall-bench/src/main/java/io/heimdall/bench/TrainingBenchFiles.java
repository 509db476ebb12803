package io.heimdall.bench;

import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.weights.Safetensors;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Writes into a folder, its only argument, what all engines of {@link TrainingBench} and PyTorch begin with. */
public final class TrainingBenchFiles {
    private TrainingBenchFiles() {}

    /** Writes weights, the model file of the same weights, and one batch of standard normal values, little-endian floats. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        NetworkSpec network = LocalizationNet.resnet18(TrainingBench.CHANNELS);
        Weights weights = Weights.initial(network, 1);
        Safetensors.write(folder.resolve("weights.safetensors"), weights);
        OnnxExporter.write(folder.resolve("model.onnx"), network, weights, description());
        var random = new Random(1);
        int values = TrainingBench.ROWS * TrainingBench.CHANNELS * LocalizationNet.BANDS * LocalizationNet.FRAMES;
        write(folder.resolve("features.f32"), random, values);
        write(folder.resolve("targets.f32"), random, 2 * TrainingBench.ROWS);
    }

    /** A plane whose degrees and a statistic whose units make the outputs the network's own. */
    static ModelDescription description() {
        var plane = new LocalPlane(0, 0);
        return new ModelDescription(
                new ModelDescription.Input(
                        "none",
                        IntStream.range(0, TrainingBench.CHANNELS)
                                .mapToObj(i -> "station " + i)
                                .toList(),
                        -120,
                        0,
                        1),
                new ModelDescription.Output(
                        plane,
                        new ModelDescription.Axis(0, plane.metresPerDegreeEast()),
                        new ModelDescription.Axis(0, plane.metresPerDegreeNorth()),
                        1),
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
