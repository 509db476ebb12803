package io.heimdall.export;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import java.io.IOException;
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
        refused(model -> node(model, "Relu").clearOutput(), "has no output");
    }

    @Test
    void aFirstAxisThatIsNotTheBatchIsRefused() throws IOException {
        refused(
                model -> axis(model.getGraphBuilder().getInputBuilder(0), 0).setDimValue(1),
                "input 'mel_spectrogram' has not the free first axis 'batch'");
        refused(
                model -> axis(model.getGraphBuilder().getOutputBuilder(2), 0).setDimParam("rows"),
                "output 'covariance' has not the free first axis 'batch'");
    }

    private static Dimension.Builder axis(ValueInfoProto.Builder value, int axis) {
        return value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder().getDimBuilder(axis);
    }

    @Test
    void anOutputOfAnotherShapeThanDeclaredIsFoundByRunningTheFile() throws IOException {
        ModelProto.Builder model = ModelProto.parseFrom(whole).toBuilder();
        axis(model.getGraphBuilder().getOutputBuilder(0), 1).setDimValue(3);
        Path file =
                Files.write(directory.resolve("declared.onnx"), model.build().toByteArray());
        OnnxStructure.check(file);
        assertThatThrownBy(() -> BackendAgreement.check(
                        file, Descriptions.LITHUANIA, TinyNetwork.decibels(2, 2, 1), inputs -> FloatTensor.zeros(2, 4)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString());
    }

    @Test
    void wrongNamesAndConstantsAreRefused() throws IOException {
        refused(
                model -> model.getGraphBuilder().getInputBuilder(0).setName("x"),
                "reads 'mel_spectrogram', which no earlier node computes");
        refused(model -> model.getGraphBuilder().getOutputBuilder(1).setName("x"), "output 'x' is computed by no node");
        refused(model -> model.getGraphBuilder().removeOutput(1), "it has no output 'uncertainty'");
        refused(
                model -> model.getGraphBuilder().removeNode(model.getGraph().getNodeCount() - 1),
                "output 'covariance' is computed by no node");
        refused(model -> model.getGraphBuilder().addOutput(model.getGraph().getOutput(0)), "stands twice");
        refused(model -> model.getGraphBuilder().addInput(model.getGraph().getInput(0)), "stands twice");
        refused(model -> model.getGraphBuilder().clearInput(), "it has no input");
        refused(
                model -> model.getGraphBuilder().getInitializerBuilder(0).setRawData(ByteString.copyFrom(new byte[3])),
                "holds 3 bytes, expected ");
        refused(model -> model.getGraphBuilder().getInitializerBuilder(0).setDims(0, -1), "has an axis of length -1");
        refused(model -> model.getGraphBuilder().addInitializer(model.getGraph().getInitializer(0)), "stands twice");
        refused(
                model -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey("heimdall.network")),
                "metadata heimdall.network stands twice");
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
