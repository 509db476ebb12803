package io.heimdall.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.ModelException;
import io.heimdall.model.Prediction;
import io.heimdall.model.network.Layer;
import io.heimdall.model.network.NetworkSpec;
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
        FloatTensor decibels = TinyNetwork.decibels(3, 2, 5);
        float[] standardised = new float[decibels.values().length];
        for (int i = 0; i < standardised.length; i++) {
            standardised[i] = (decibels.values()[i] + 61.25f) / 17.5f;
        }
        Prediction expected = Descriptions.naive(NETWORK, WEIGHTS, FloatTensor.of(standardised, decibels.shape()));
        try (OnnxLocalizer localizer = OnnxLocalizer.open(file, 1)) {
            List<Location> found = localizer.predict(decibels);
            assertThat(found).hasSize(3);
            for (int row = 0; row < 3; row++) {
                double east = 1200 + 61_000 * expected.position().values()[2 * row];
                double north = -800 + 43_000 * expected.position().values()[2 * row + 1];
                Location location = found.get(row);
                assertThat((location.latitude() - 54.6872) * METRES_OF_LATITUDE).isCloseTo(north, within(2.0));
                assertThat((location.longitude() - 25.2797) * METRES_OF_LONGITUDE)
                        .isCloseTo(east, within(2.0));
                assertThat(location.sigmaLatitude() * METRES_OF_LATITUDE)
                        .isCloseTo(1.3 * 43_000 * expected.sigma().values()[2 * row + 1], within(2.0));
                assertThat(location.sigmaLongitude() * METRES_OF_LONGITUDE)
                        .isCloseTo(1.3 * 61_000 * expected.sigma().values()[2 * row], within(2.0));
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
                        file, TinyNetwork.decibels(2, 2, 1), features -> Descriptions.naive(NETWORK, others, features)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("model.onnx: disagrees with the backend in row 0, latitude")
                .hasMessageContaining("allowed is 0.0001");
    }

    @Test
    void theFileTellsHowItWasMade() throws IOException {
        try (OnnxLocalizer localizer = OnnxLocalizer.open(file, 1)) {
            assertThat(localizer.description()).isEqualTo(Descriptions.LITHUANIA);
            assertThat(localizer.inputShape()).containsExactly(2, 128, 32);
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
        try (OnnxLocalizer localizer = OnnxLocalizer.open(file, 1)) {
            assertThatThrownBy(() -> localizer.predict(FloatTensor.zeros(1, 3, 128, 32)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("input has shape [1, 3, 128, 32], the model takes (batch, 2, 128, 32)");
            assertThatThrownBy(() -> localizer.predict(FloatTensor.zeros(2, 128, 32)))
                    .hasMessageContaining("the model takes (batch, 2, 128, 32)");
            assertThatThrownBy(() -> localizer.predict(FloatTensor.zeros(0, 2, 128, 32)))
                    .isInstanceOf(IllegalArgumentException.class);
            FloatTensor nan = FloatTensor.zeros(1, 2, 128, 32);
            nan.values()[7] = Float.NaN;
            assertThatThrownBy(() -> localizer.predict(nan)).hasMessageContaining("input value 7 is NaN");
        }
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
                .hasMessage("the network has 3 channels, the description 2 stations");
        NetworkSpec headless = new NetworkSpec(
                "headless", 2, 128, 32, TinyNetwork.sequence(new Layer.Named("", new Layer.GlobalAveragePool())));
        assertThatThrownBy(() ->
                        OnnxExporter.write(target, headless, TinyNetwork.weights(headless, 1), Descriptions.LITHUANIA))
                .hasMessageContaining("'headless' has 1 outputs");
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
