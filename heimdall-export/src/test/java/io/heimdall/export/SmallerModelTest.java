package io.heimdall.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.onnx.global.onnx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmallerModelTest {
    private static final NetworkSpec DEEP = TinyNetwork.deep();
    private static final Weights WEIGHTS = TinyNetwork.weights(DEEP, 3);

    @TempDir
    Path directory;

    private Path float32;

    @BeforeEach
    void export() throws IOException {
        float32 = directory.resolve("float32.onnx");
        OnnxExporter.write(float32, DEEP, WEIGHTS, Descriptions.LITHUANIA);
    }

    private static List<Map<String, FloatTensor>> images() {
        return List.of(TinyNetwork.decibels(4, 2, 1), TinyNetwork.decibels(3, 2, 2));
    }

    private Path smaller(Path file, Precision precision, List<Map<String, FloatTensor>> calibration)
            throws IOException {
        Path out = directory.resolve(precision + ".onnx");
        SmallerModel.write(file, out, precision, calibration);
        return out;
    }

    /** The largest difference of the places, as a part of the largest distance from the origin of the plane. */
    private static double difference(Path one, Path other, Map<String, FloatTensor> batch) throws IOException {
        double largest = 0;
        double farthest = 0;
        try (OnnxModel first = OnnxModel.open(one, 1);
                OnnxModel second = OnnxModel.open(other, 1)) {
            List<Location> expected = first.predict(batch);
            List<Location> found = second.predict(batch);
            for (int row = 0; row < expected.size(); row++) {
                double latitude = expected.get(row).latitude();
                double longitude = expected.get(row).longitude();
                double north = found.get(row).latitude() - latitude;
                double east = found.get(row).longitude() - longitude;
                largest = Math.max(largest, Math.max(Math.abs(north), Math.abs(east)));
                farthest = Math.max(farthest, Math.max(Math.abs(latitude - 54.6872), Math.abs(longitude - 25.2797)));
            }
        }
        return largest / farthest;
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP16", "BF16", "INT8"})
    void everyFileIsValidSmallerAndTheSameToItsReader(Precision precision) throws IOException {
        Path file = smaller(float32, precision, images());

        onnx.check_model(file.toString(), true, false, false);
        OnnxStructure.check(file);
        assertThat(OnnxStructure.declaredOutputs(file).keySet())
                .isEqualTo(OnnxStructure.declaredOutputs(float32).keySet());
        try (OnnxModel before = OnnxModel.open(float32, 1);
                OnnxModel after = OnnxModel.open(file, 1)) {
            assertThat(after.inputs()).isEqualTo(before.inputs());
            Map<String, String> metadata = new LinkedHashMap<>(before.metadata());
            metadata.put("precision", precision.text());
            assertThat(after.metadata()).isEqualTo(metadata);
            assertThat(after.description().scale())
                    .isEqualTo(before.description().scale());
        }
        double allowed = Map.of(Precision.FP16, 5e-3, Precision.BF16, 4e-2, Precision.INT8, 0.2)
                .get(precision);
        assertThat(difference(float32, file, TinyNetwork.decibels(5, 2, 9))).isBetween(1e-9, allowed);
    }

    @Test
    void matricesOf16BitsAreReadAs32() throws IOException {
        GraphProto graph = graph(smaller(float32, Precision.FP16, List.of()));

        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Conv") || node.getOpType().equals("Gemm")) {
                TensorProto weights = constant(graph, node.getInput(1) + "_16");
                assertThat(weights.getDataType()).isEqualTo(DataType.FLOAT16.getNumber());
            }
        }
        assertThat(graph.getInitializerList())
                .filteredOn(tensor -> tensor.getName().endsWith("running_var"))
                .isNotEmpty()
                .allMatch(tensor -> tensor.getDataType() == DataType.FLOAT.getNumber());
    }

    @Test
    void numbersOf8BitsHaveAScaleForEachChannelAndNoProcessorOverflows() throws IOException {
        GraphProto graph = graph(smaller(float32, Precision.INT8, images()));
        Map<String, FloatTensor> tensors = WEIGHTS.tensors();

        assertThat(graph.getNodeList())
                .filteredOn(node -> node.getOpType().equals("BatchNormalization"))
                .as("those of convolutions are folded, those of the heads stay")
                .hasSize(2);
        NodeProto shortcut = graph.getNodeList().stream()
                .filter(node ->
                        node.getOpType().equals("Conv") && node.getName().startsWith("backbone.layer1.downsample.0."))
                .findFirst()
                .orElseThrow();
        String weights = shortcut.getInput(1);
        byte[] numbers = constant(graph, weights + "_int8").getRawData().toByteArray();
        float[] scales = GraphEdit.floats(constant(graph, weights + "_scale"));
        float[] kernels = tensors.get("backbone.layer1.downsample.0.weight").values();
        float[] factor = tensors.get("backbone.layer1.downsample.1.weight").values();
        float[] variance =
                tensors.get("backbone.layer1.downsample.1.running_var").values();
        assertThat(scales).hasSize(6);
        for (int i = 0; i < numbers.length; i++) {
            int channel = i / 4;
            double folded = kernels[i] * factor[channel] / Math.sqrt(variance[channel] + 1e-5);
            assertThat((int) numbers[i]).isBetween(-64, 64);
            assertThat((double) numbers[i] * scales[channel]).isCloseTo(folded, within(0.501 * scales[channel]));
        }
        assertThat(numbers).contains((byte) 64).as("the largest weight of a channel uses the range");
    }

    /** Its bias is many times what 32 bits hold in units of its weights. */
    @Test
    void theBiasOfAChannelThatIsNearlyDeadFitsIn32Bits() throws IOException {
        Weights weights = TinyNetwork.weights(DEEP, 3);
        float[] kernels = weights.tensors().get("backbone.conv1.weight").values();
        for (int i = 0; i < kernels.length / 4; i++) { // the first of four channels
            kernels[i] *= 1e-12f;
        }
        OnnxExporter.write(float32, DEEP, weights, Descriptions.LITHUANIA);
        GraphProto folded = FoldedWeights.of(graph(float32));

        Path file = smaller(float32, Precision.INT8, images());

        GraphProto graph = graph(file);
        String ending = "_rounded_int32";
        List<TensorProto> biases = graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().endsWith(ending))
                .toList();
        assertThat(biases).isNotEmpty();
        int largest = 0;
        for (TensorProto bias : biases) {
            String name = bias.getName().substring(0, bias.getName().length() - ending.length());
            float[] scales = GraphEdit.floats(constant(graph, name + "_rounded_scale"));
            float[] exact = GraphEdit.floats(constant(folded, name));
            IntBuffer numbers = bias.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asIntBuffer();
            for (int c = 0; c < exact.length; c++) {
                largest = Math.max(largest, Math.abs(numbers.get(c)));
                assertThat((double) numbers.get(c) * scales[c])
                        .isCloseTo(exact[c], within(0.501 * scales[c] + 1e-6 * Math.abs(exact[c])));
            }
        }
        assertThat(largest).isCloseTo(1 << 30, within(1 << 10));
        assertThat(difference(float32, file, TinyNetwork.decibels(5, 2, 9))).isLessThan(0.5);
    }

    @Test
    void whatOneSetOfValuesIsRearrangedIntoHasItsScale() throws IOException {
        GraphProto graph = graph(smaller(float32, Precision.INT8, images()));

        Map<String, NodeProto> roundings = new LinkedHashMap<>();
        Map<String, NodeProto> sources = new LinkedHashMap<>();
        graph.getNodeList().forEach(node -> sources.put(node.getOutput(0), node));
        graph.getNodeList().stream()
                .filter(node -> node.getOpType().equals("QuantizeLinear"))
                .forEach(node -> roundings.put(node.getInput(0), node));
        List<NodeProto> pools = graph.getNodeList().stream()
                .filter(node -> node.getOpType().equals("MaxPool"))
                .toList();
        assertThat(pools).hasSize(2);
        for (NodeProto pool : pools) {
            NodeProto read = sources.get(pool.getInput(0));
            assertThat(read.getOpType()).isEqualTo("DequantizeLinear");
            assertThat(roundings.get(pool.getOutput(0)).getInputList().subList(1, 3))
                    .isEqualTo(read.getInputList().subList(1, 3));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP16", "INT8"})
    void setsHaveSmallerFilesToo(Precision precision) throws IOException {
        NetworkSpec network = SetExportTest.network(true);
        Path set = directory.resolve("set.onnx");
        OnnxExporter.write(set, network, TinyNetwork.weights(network, 5), SetExportTest.description(network));

        Path file = smaller(set, precision, List.of(SetExportTest.batch(6, 4, 1), SetExportTest.batch(6, 7, 2)));

        onnx.check_model(file.toString(), true, false, false);
        assertThat(difference(set, file, SetExportTest.batch(4, 5, 3))).isBetween(0.0, 0.1);
        GraphProto graph = graph(file);
        String first = precision == Precision.INT8 ? "token.2." : "token.0.";
        assertThat(graph.getInitializerList())
                .extracting(TensorProto::getName)
                .anyMatch(name -> name.startsWith(first) && name.matches(".*(_int8|_16)"));
        assertThat(graph.getInitializerList())
                .extracting(TensorProto::getName)
                .as("what is joined has several units")
                .noneMatch(name -> name.matches("token\\.0\\..*_int8"));
    }

    @Test
    void foldedWeightsComputeTheSame() throws IOException {
        ModelProto model = OnnxStructure.read(float32);
        Path folded = directory.resolve("folded.onnx");
        Files.write(
                folded,
                model.toBuilder()
                        .setGraph(FoldedWeights.of(model.getGraph()))
                        .build()
                        .toByteArray());

        assertThat(difference(float32, folded, TinyNetwork.decibels(3, 2, 4))).isLessThan(1e-4);
    }

    @Test
    void whatCannotBeIsRefused() throws IOException {
        Path small = smaller(float32, Precision.FP16, List.of());
        assertThatThrownBy(() -> smaller(small, Precision.INT8, images()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(small + " is of fp16 already, expected float32");
        assertThatThrownBy(() -> smaller(float32, Precision.INT8, List.of()))
                .hasMessageContaining("int8 needs sessions");
        assertThatThrownBy(() -> smaller(float32, Precision.FLOAT32, List.of()))
                .hasMessageContaining("is of float32 already");
        assertThatThrownBy(() -> Precision.parse("int4")).hasMessageContaining("float32, fp16, bf16, int8");
        Path text = Files.writeString(directory.resolve("text.onnx"), "no model");
        assertThatThrownBy(() -> smaller(text, Precision.FP16, List.of())).isInstanceOf(ModelException.class);

        WEIGHTS.tensors().get("backbone.conv1.weight").values()[7] = 70_000;
        try {
            OnnxExporter.write(float32, DEEP, WEIGHTS, Descriptions.LITHUANIA);
        } finally {
            WEIGHTS.tensors().get("backbone.conv1.weight").values()[7] = 0.1f;
        }
        assertThatThrownBy(() -> smaller(float32, Precision.FP16, List.of()))
                .hasMessageContaining("'backbone.conv1.weight' is 70000.0, and the largest of fp16 is 65504.0");
        smaller(float32, Precision.BF16, List.of());
        try (var files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("float32.onnx", "fp16.onnx", "bf16.onnx", "text.onnx");
        }
    }

    /** IEEE 754: sign, 5 bits of exponent, 10 of mantissa. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 31;
        int mantissa = bits & 1023;
        double magnitude = exponent == 0 ? mantissa * 0x1p-24 : (1024 + mantissa) * Math.pow(2, exponent - 25);
        return bits < 0 ? -magnitude : magnitude;
    }

    @Test
    void numbersOf16BitsAreTheNearestOnes() {
        assertThat(HalfWeights.half(1)).isEqualTo((short) 0x3c00);
        assertThat(HalfWeights.half(-65504)).isEqualTo((short) 0xfbff);
        assertThat(HalfWeights.half(0x1p-25f)).as("a tie, to the even one").isZero();
        assertThat(HalfWeights.half(2049)).isEqualTo(HalfWeights.half(2048));
        assertThat(HalfWeights.upperHalf(-1.5f)).isEqualTo((short) 0xbfc0);
        assertThat(HalfWeights.upperHalf(257)).isEqualTo(HalfWeights.upperHalf(256));
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            float value = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 8));
            double found = half(HalfWeights.half(value));
            double step = Math.abs(value) < 0x1p-14 ? 0x1p-24 : Math.ulp(value) * 8192;
            assertThat(found).isCloseTo(value, within(step / 2));
            float upper = Float.intBitsToFloat(HalfWeights.upperHalf(value) << 16);
            assertThat(upper).isCloseTo(value, within(Math.ulp(value) * 32768));
        }
    }

    private static GraphProto graph(Path file) throws IOException {
        return OnnxStructure.read(file).getGraph();
    }

    private static TensorProto constant(GraphProto graph, String name) {
        return graph.getInitializerList().stream()
                .filter(tensor -> tensor.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
