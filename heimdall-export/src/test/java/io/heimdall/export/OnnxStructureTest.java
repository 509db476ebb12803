package io.heimdall.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.ByteString;
import io.heimdall.model.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxStructureTest {
    @TempDir
    static Path directory;

    private static byte[] whole;

    @BeforeAll
    static void export() throws IOException {
        Path file = directory.resolve("whole.onnx");
        OnnxExporter.write(file, TinyNetwork.SPEC, TinyNetwork.weights(TinyNetwork.SPEC, 1), Descriptions.LITHUANIA);
        whole = Files.readAllBytes(file);
    }

    private static void refused(Consumer<ModelProto.Builder> change, String message) throws IOException {
        refused(whole, change, message);
    }

    private static void refused(byte[] whole, Consumer<ModelProto.Builder> change, String message) throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(whole).toBuilder();
        change.accept(model);
        Path file = Files.write(directory.resolve("changed.onnx"), model.build().toByteArray());
        assertThatThrownBy(() -> OnnxStructure.check(file))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    private static NodeProto.Builder node(ModelProto.Builder model, String operator) {
        return model.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOpType().equals(operator))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void otherVersionsAreRefused() throws IOException {
        refused(model -> model.setIrVersion(9), "IR version 9, expected 8");
        refused(model -> model.getOpsetImportBuilder(0).setVersion(18), "operator set '' 18, expected '' 17");
        refused(ModelProto.Builder::clearOpsetImport, "0 operator sets");
    }

    @Test
    void nodesOutOfOrderAreRefused() throws IOException {
        refused(
                model -> {
                    GraphProto.Builder graph = model.getGraphBuilder();
                    List<NodeProto> nodes = new ArrayList<>(graph.getNodeList());
                    nodes.add(0, nodes.remove(3));
                    graph.clearNode().addAllNode(nodes);
                },
                "which no earlier node computes");
        refused(model -> node(model, "Relu").setInput(0, "nowhere"), "reads 'nowhere'");
        refused(model -> model.getGraphBuilder().addNode(model.getGraph().getNode(2)), "is computed twice");
        refused(model -> node(model, "Relu").addOutput("second"), "has not one output");
        refused(model -> node(model, "Relu").clearInput(), "has no input");
    }

    @Test
    void wrongShapesAreRefused() throws IOException {
        refused(
                model -> model.getGraphBuilder()
                        .getOutputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(1)
                        .setDimValue(3),
                "output 'position' is declared as [-1, 3]");
        refused(
                model -> model.getGraphBuilder()
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(1)
                        .setDimValue(3),
                "has weight [4, 2, 7, 7] and input [-1, 3, 32, 128]");
        refused(
                model -> model.getGraphBuilder()
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .getShapeBuilder()
                        .getDimBuilder(0)
                        .setDimValue(1),
                "input has shape [1, 2, 128, 32], expected (batch,");
        refused(model -> node(model, "Gemm").setInput(1, "backbone.conv1.weight"), "expected 2 axes");
        refused(model -> node(model, "Conv").setInput(1, "position_head.4.weight"), "expected 4 axes");
        refused(model -> node(model, "Conv").clearAttribute(), "has no attribute");
        refused(model -> node(model, "BatchNormalization").setInput(2, "position_head.4.bias"), "statistic");
        refused(model -> node(model, "Gemm").setInput(2, "position_head.4.bias"), "bias [2]");
        refused(model -> node(model, "Sub").setInput(1, "position_head.4.bias"), "combines shapes");
        refused(model -> node(model, "Gemm").addInput("features"), "has 4 inputs, expected 3");
        refused(
                model -> node(model, "MaxPool").getAttributeBuilderList().forEach(attribute -> {
                    if (attribute.getName().equals("kernel_shape")) {
                        attribute.setInts(0, 999).setInts(1, 999);
                    }
                }),
                "window larger than its input");
        refused(
                model -> node(model, "MaxPool").getAttributeBuilderList().forEach(attribute -> {
                    if (attribute.getName().equals("strides")) {
                        attribute.setInts(0, 0).setInts(1, 0);
                    }
                }),
                "has strides [0, 0]");
    }

    @Test
    void wrongStacksAreRefused() throws IOException {
        Path file = directory.resolve("deep.onnx");
        OnnxExporter.write(
                file, TinyNetwork.deep(), TinyNetwork.weights(TinyNetwork.deep(), 1), Descriptions.LITHUANIA);
        byte[] deep = Files.readAllBytes(file);
        refused(deep, model -> node(model, "Reshape").setInput(1, "backbone.conv1.weight"), "makes [] of");
        refused(deep, model -> shape(model, 1, 6, 2, 8), "makes [1, 6, 2, 8] of [6, -1, 2, 8]");
        refused(deep, model -> shape(model, 1, 5, -1, 8), "makes [1, 5, -1, 8] of [6, -1, 2, 8]");
        refused(deep, model -> shape(model, 1, 0, -1, 8), "makes [1, 0, -1, 8] of");
        refused(
                deep,
                model -> stacked(model).getAttributeBuilderList().forEach(attribute -> {
                    if (attribute.getName().equals("strides")) {
                        attribute.setInts(0, 1);
                    }
                }),
                "has a window over several images");
    }

    private static void shape(ModelProto.Builder model, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        String name = node(model, "Reshape").getInput(1);
        model.getGraphBuilder().getInitializerBuilderList().stream()
                .filter(constant -> constant.getName().equals(name))
                .forEach(constant -> constant.setRawData(ByteString.copyFrom(bytes)));
    }

    private static NodeProto.Builder stacked(ModelProto.Builder model) {
        String value = node(model, "Reshape").getOutput(0);
        return model.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node ->
                        node.getOpType().equals("Conv") && node.getInput(0).equals(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void wrongNamesAndConstantsAreRefused() throws IOException {
        refused(
                model -> model.getGraphBuilder().getInputBuilder(0).setName("x"),
                "input 'x', expected 'mel_spectrogram'");
        refused(
                model -> model.getGraphBuilder().getOutputBuilder(1).setName("x"),
                "output 'x', expected 'uncertainty'");
        refused(model -> model.getGraphBuilder().removeOutput(1), "1 outputs, expected two");
        refused(
                model -> model.getGraphBuilder().removeNode(model.getGraph().getNodeCount() - 1),
                "output 'uncertainty' is computed by no node");
        refused(model -> model.getGraphBuilder().addInput(model.getGraph().getOutput(0)), "2 inputs, expected one");
        refused(
                model -> model.getGraphBuilder().getInitializerBuilder(0).setRawData(ByteString.copyFrom(new byte[3])),
                "holds 3 bytes, expected 4");
        refused(model -> model.getGraphBuilder().getInitializerBuilder(0).setDims(0, -1), "has an axis of length -1");
        refused(model -> model.getGraphBuilder().addInitializer(model.getGraph().getInitializer(0)), "stands twice");
        refused(model -> node(model, "Relu").setOpType("Elu"), "operator Elu, which Heimdall does not write");
        refused(
                model -> node(model, "Transpose").getAttributeBuilder(0).setInts(1, 2),
                "has perm [0, 2, 3, 2], which is no order of four axes");
        refused(
                model -> node(model, "MaxPool").getAttributeBuilder(0).addInts(1),
                "has a window of other than two axes");
        refused(
                model -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey("heimdall.network")),
                "metadata heimdall.network stands twice");
        refused(
                model -> model.getGraphBuilder()
                        .getInputBuilder(0)
                        .getTypeBuilder()
                        .getTensorTypeBuilder()
                        .setElemType(11),
                "'mel_spectrogram' is not a tensor of 32-bit floats");
    }

    @Test
    void aFileCutShortIsRefusedWhereverItIsCut() throws IOException {
        Random random = new Random(1);
        Path file = directory.resolve("cut.onnx");
        for (int i = 0; i < 40; i++) {
            Files.write(file, Arrays.copyOf(whole, random.nextInt(whole.length)));
            assertThatThrownBy(() -> OnnxStructure.check(file))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith(file.toString());
        }
    }

    @Test
    void noiseIsRefused() throws IOException {
        Random random = new Random(2);
        Path file = directory.resolve("noise.onnx");
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            Files.write(file, bytes);
            assertThatThrownBy(() -> OnnxStructure.check(file)).isInstanceOf(ModelException.class);
        }
    }
}
