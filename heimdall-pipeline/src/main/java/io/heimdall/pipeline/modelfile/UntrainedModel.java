package io.heimdall.pipeline.modelfile;

import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.weights.Weights;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A network that has learned nothing: its answers take as long as those of a trained one, and are of no other use.
 *
 * @param network with the weights that a training begins with
 * @param description of its input and output
 */
public record UntrainedModel(NetworkSpec network, ModelDescription description) {
    private static final LocalPlane PLANE = new LocalPlane(45, 8);
    private static final double UNIT_M = 50_000;

    /**
     * Returns a network whose answers lie around 45 degrees north and 8 degrees east, some 50 km apart.
     *
     * @param family name of the network, as {@code --network} takes it
     * @param input that a producer gives it
     */
    public static UntrainedModel of(String family, InputSpec input) {
        NetworkSpec network = Networks.named(family).network(input);
        ModelDescription description = new ModelDescription(
                input.reading(network.inputs()),
                network.output(),
                new PlaneScale(PLANE, AffineMap.scaling(UNIT_M)),
                1,
                "0".repeat(32),
                Map.of());
        return new UntrainedModel(network, description);
    }

    /**
     * Writes its model file.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        OnnxExporter.write(file, network, Weights.initial(network, 1), description);
    }

    /**
     * Registers it as the newest version of a model.
     *
     * @param name of the model
     * @param folder in which the model file is left
     * @throws IOException if the file cannot be written
     */
    public void register(Tracker tracker, String name, Path folder) throws IOException {
        write(Files.createDirectories(folder).resolve("model.onnx"));
        TrackedRun run = tracker.start(new RunInfo("untrained", name, Map.of()));
        run.artifact(folder, "model");
        run.finish(RunStatus.FINISHED);
        tracker.registerModel(name, run.id(), "model");
    }
}
