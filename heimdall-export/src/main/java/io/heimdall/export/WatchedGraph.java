package io.heimdall.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.heimdall.model.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A model of which values within the graph are looked at.
 *
 * @param model of Heimdall
 * @param values of 32-bit floating point, by their names
 */
record WatchedGraph(ModelProto model, Collection<String> values) {

    /**
     * Runs batches and hands out the outputs, those values among them.
     *
     * @param directory for a file that is deleted again
     * @param batches what a client gives, by name, each of shape (batch, axes...)
     */
    void run(Path directory, List<Map<String, FloatTensor>> batches, Consumer<Map<String, FloatTensor>> outputs)
            throws IOException {
        ModelProto.Builder watched = model.toBuilder();
        for (String value : values) {
            watched.getGraphBuilder().addOutput(floats(value));
        }
        Path file = Files.createTempFile(directory, ".watched", ".onnx");
        try {
            Files.write(file, watched.build().toByteArray());
            try (OnnxModel open = OnnxModel.open(file)) {
                for (Map<String, FloatTensor> batch : batches) {
                    outputs.accept(open.outputs(batch));
                }
            }
        } finally {
            Files.delete(file);
        }
    }

    private static ValueInfoProto floats(String value) {
        return ValueInfoProto.newBuilder()
                .setName(value)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber())))
                .build();
    }
}
