package io.heimdall.spark;

import io.heimdall.pipeline.input.Producers;
import io.heimdall.pipeline.modelfile.UntrainedModel;
import java.io.IOException;
import java.nio.file.Path;

/** Model files that have learned nothing. */
final class TestModel {
    private TestModel() {}

    /** Writes the model of a network and of what it reads. */
    static Path of(String network, String producer, Path folder) throws IOException {
        Path file = folder.resolve(network + ".onnx");
        UntrainedModel.of(network, Producers.named(producer).example(3)).write(file);
        return file;
    }
}
