package io.heimdall.spark;

import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.input.Producers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Model files that have learned nothing. */
final class TestModel {
    private TestModel() {}

    /** Writes the model of a network and of what it reads. */
    static Path of(String network, String producer, Path folder) throws IOException {
        InputSpec example = Producers.named(producer).example(3);
        NetworkSpec spec = Networks.named(network).network(example);
        Path file = folder.resolve(network + ".onnx");
        OnnxExporter.write(
                file,
                spec,
                Weights.initial(spec, 1),
                new ModelDescription(
                        example.reading(spec.inputs()),
                        spec.output(),
                        new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(50_000)),
                        1,
                        "0".repeat(32),
                        Map.of()));
        return file;
    }
}
