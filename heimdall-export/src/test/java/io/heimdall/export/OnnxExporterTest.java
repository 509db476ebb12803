package io.heimdall.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.output.IndependentNormalOutput;
import io.heimdall.model.output.NormalOutput;
import io.heimdall.model.weights.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.onnx.global.onnx;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExporterTest {
    private static final NetworkSpec NETWORK = TinyNetwork.SPEC;
    private static final Weights WEIGHTS = TinyNetwork.weights(NETWORK, 1);

    // One degree at the origin, by the usual cosine series of WGS-84 (in metres, good to centimetres).
    private static final double LATITUDE = Math.toRadians(54.6872);
    private static final double METRES_OF_LATITUDE =
            111_132.92 - 559.82 * Math.cos(2 * LATITUDE) + 1.175 * Math.cos(4 * LATITUDE);
    private static final double METRES_OF_LONGITUDE =
            111_412.84 * Math.cos(LATITUDE) - 93.5 * Math.cos(3 * LATITUDE) + 0.118 * Math.cos(5 * LATITUDE);

    @TempDir
    static Path directory;

    private static Path file;

    @BeforeAll
    static void export() throws IOException {
        file = directory.resolve("model.onnx");
        OnnxExporter.write(file, NETWORK, WEIGHTS, Descriptions.LITHUANIA);
    }

    @Test
    void passesTheCheckerOfOnnx() {
        onnx.check_model(file.toString(), true, false, false);
    }

    @Test
    void passesTheStructuralCheckAndLeavesNothingBesideTheFile() throws IOException {
        OnnxStructure.check(file);
        try (var files = Files.list(directory)) {
            assertThat(files.filter(path -> path.getFileName().toString().contains("part")))
                    .isEmpty();
        }
    }

    @Test
    void computesDegreesAsTheDefinitionsSay() throws IOException {
        Map<String, FloatTensor> decibels = TinyNetwork.decibels(3, 2, 5);
        float[] values = decibels.get("mel_spectrogram").values();
        FloatTensor standardised = FloatTensor.zeros(3, 2, 128, 32);
        for (int i = 0; i < values.length; i++) {
            standardised.values()[i] = (values[i] + 61.25f) / 17.5f;
        }
        float[] expected = Descriptions.naive(NETWORK, WEIGHTS, Map.of("features", standardised))
                .values();
        try (OnnxModel localizer = OnnxModel.open(file, 1)) {
            List<Location> found = localizer.predict(decibels);
            assertThat(found).hasSize(3);
            for (int row = 0; row < 3; row++) {
                double east = 1200 + 61_000 * expected[4 * row];
                double north = -800 + 43_000 * expected[4 * row + 1];
                Location location = found.get(row);
                assertThat((location.latitude() - 54.6872) * METRES_OF_LATITUDE).isCloseTo(north, within(2.0));
                assertThat((location.longitude() - 25.2797) * METRES_OF_LONGITUDE)
                        .isCloseTo(east, within(2.0));
                assertThat(location.sigmaLatitude() * METRES_OF_LATITUDE)
                        .isCloseTo(1.3 * 43_000 * expected[4 * row + 3], within(2.0));
                assertThat(location.sigmaLongitude() * METRES_OF_LONGITUDE)
                        .isCloseTo(1.3 * 61_000 * expected[4 * row + 2], within(2.0));
            }
        }
    }

    @Test
    void agreesWithTheNaiveNetworkForEveryBatchSize() throws IOException {
        agrees(file, NETWORK, WEIGHTS);
    }

    private static void agrees(Path onnx, NetworkSpec network, Weights weights) throws IOException {
        for (int batch : new int[] {1, 2, 5}) {
            BackendAgreement agreement = BackendAgreement.check(
                    onnx,
                    Descriptions.LITHUANIA,
                    TinyNetwork.decibels(batch, 2, batch),
                    features -> Descriptions.naive(network, weights, features));
            assertThat(agreement.largest()).isBetween(0.0, 2e-5);
        }
    }

    @Test
    void imagesOfOneRowAreStackedAndComputeTheSame(@TempDir Path folder) throws IOException {
        NetworkSpec deep = TinyNetwork.deep();
        Weights weights = TinyNetwork.weights(deep, 3);
        Path onnx = folder.resolve("deep.onnx");
        OnnxExporter.write(onnx, deep, weights, Descriptions.LITHUANIA);

        OnnxStructure.check(onnx);
        agrees(onnx, deep, weights);
        List<List<Long>> kernels = ModelProto.parseFrom(Files.readAllBytes(onnx)).getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("Conv"))
                .map(node -> node.getAttribute(0).getIntsList())
                .toList();
        assertThat(kernels) // rows that would only meet padding are left out
                .contains(List.of(2L, 3L), List.of(1L, 3L))
                .doesNotContain(List.of(3L, 1L));
    }

    @Test
    void aBackendWithOtherWeightsIsFoundOut() {
        Weights others = TinyNetwork.weights(NETWORK, 2);
        assertThatThrownBy(() -> BackendAgreement.check(
                        file,
                        Descriptions.LITHUANIA,
                        TinyNetwork.decibels(2, 2, 1),
                        features -> Descriptions.naive(NETWORK, others, features)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.onnx: disagrees with the backend in row 0, latitude")
                .hasMessageContaining("allowed is 0.0001");
    }

    @Test
    void theFileTellsHowItWasMade() throws IOException {
        try (OnnxModel localizer = OnnxModel.open(file, 1)) {
            ModelDescription read = localizer.description();
            assertThat(read.input().producer()).isEqualTo("stations");
            assertThat(read.input().parameters())
                    .isEqualTo(Descriptions.LITHUANIA.input().parameters());
            assertThat(read.scale()).isEqualTo(Descriptions.PLANE);
            assertThat(read.output()).isEqualTo(new IndependentNormalOutput());
            assertThat(read.runId()).isEqualTo(Descriptions.LITHUANIA.runId());
            assertThat(read.extra()).isEqualTo(Descriptions.LITHUANIA.extra());
            assertThat(localizer.inputs()).containsExactly(TensorSpec.floats("mel_spectrogram", 2, 128, 32));
            assertThat(localizer.metadata())
                    .containsEntry("heimdall.network", "tiny")
                    .containsEntry("heimdall.format_version", "1")
                    .containsEntry("heimdall.sigma_scale", "1.3")
                    .containsEntry("heimdall.channel_layout", "stations")
                    .containsEntry("heimdall.stations", "[\"Vilnius\",\"Kaunas \\\"K\\\"\"]")
                    .containsEntry("dataset.fingerprint", "ffee");
            assertThat(localizer.metadata()).containsEntry("heimdall.weights_sha256", WEIGHTS.sha256());
        }
    }

    @Test
    void inputOfAnotherShapeIsRefused() throws IOException {
        try (OnnxModel localizer = OnnxModel.open(file, 1)) {
            assertThatThrownBy(() -> localizer.predict(given(FloatTensor.zeros(1, 3, 128, 32))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'mel_spectrogram' has shape [1, 3, 128, 32], expected [batch, 2, 128, 32]");
            assertThatThrownBy(() -> localizer.predict(given(FloatTensor.zeros(2, 128, 32))))
                    .hasMessageContaining("expected [batch, 2, 128, 32]");
            assertThatThrownBy(() -> localizer.predict(given(FloatTensor.zeros(0, 2, 128, 32))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> localizer.predict(Map.of("x", FloatTensor.zeros(1, 2, 128, 32))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'mel_spectrogram' is missing; there are [x], expected are [mel_spectrogram]");
            FloatTensor nan = FloatTensor.zeros(1, 2, 128, 32);
            nan.values()[7] = Float.NaN;
            assertThatThrownBy(() -> localizer.predict(given(nan)))
                    .hasMessageContaining("value 7 of 'mel_spectrogram' is NaN");
        }
    }

    private static Map<String, FloatTensor> given(FloatTensor decibels) {
        return Map.of("mel_spectrogram", decibels);
    }

    @Test
    void badWeightsAndDescriptionsAreRefusedBeforeAnythingIsWritten() throws IOException {
        Path target = directory.resolve("never.onnx");
        Map<String, FloatTensor> missing = new LinkedHashMap<>(WEIGHTS.tensors());
        missing.remove("backbone.bn1.weight");
        Map<String, FloatTensor> wrongShape = new LinkedHashMap<>(WEIGHTS.tensors());
        wrongShape.put("backbone.bn1.weight", FloatTensor.zeros(3));
        Map<String, FloatTensor> notFinite = new LinkedHashMap<>(WEIGHTS.tensors());
        notFinite.put("backbone.bn1.weight", FloatTensor.of(new float[] {1, 2, Float.NaN, 4}, 4));
        for (Map<String, FloatTensor> bad : List.of(missing, wrongShape, notFinite)) {
            assertThatThrownBy(() -> OnnxExporter.write(target, NETWORK, new Weights(bad), Descriptions.LITHUANIA))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("backbone.bn1.weight");
        }
        NetworkSpec three = TinyNetwork.spec(3);
        assertThatThrownBy(
                        () -> OnnxExporter.write(target, three, TinyNetwork.weights(three, 1), Descriptions.LITHUANIA))
                .hasMessageContaining("reads [[batch, 3, 128, 32]]")
                .hasMessageContaining("the description has [[batch, 2, 128, 32]]");
        NetworkSpec mixture =
                new NetworkSpec("mixture", NETWORK.inputs(), NETWORK.layers(), new NormalOutput(), Map.of());
        assertThatThrownBy(() -> OnnxExporter.write(target, mixture, WEIGHTS, Descriptions.LITHUANIA))
                .hasMessageContaining("gives normal, the description has")
                .hasMessageEndingWith("independent-normal");
        assertThat(target).doesNotExist();
    }

    @Test
    void aFileThatCannotBeWrittenLeavesNothingBehind() {
        Path target = directory.resolve("missing").resolve("model.onnx");
        assertThatThrownBy(() -> OnnxExporter.write(target, NETWORK, WEIGHTS, Descriptions.LITHUANIA))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("missing");
    }
}
