package io.heimdall.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.export.Location;
import io.heimdall.export.ModelDescription;
import io.heimdall.export.OnnxExporter;
import io.heimdall.export.OnnxModel;
import io.heimdall.model.FloatTensor;
import io.heimdall.model.LocalPlane;
import io.heimdall.model.ModelException;
import io.heimdall.model.input.Formula;
import io.heimdall.model.input.InputSpec;
import io.heimdall.model.input.NetworkTensor;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.network.Networks;
import io.heimdall.model.output.AffineMap;
import io.heimdall.model.output.PlaneScale;
import io.heimdall.model.weights.Weights;
import io.heimdall.pipeline.input.SetProducer;
import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionQueueTest {
    private static final int VERSIONS = 5;
    private static final String CHANNELS = "mel_spectrogram";
    private static final int VALUES = 128 * 32;

    @TempDir
    static Path directory;

    @BeforeAll
    static void export() throws IOException {
        Formula standard = new Formula.Standard(new Formula.Given(CHANNELS), -60, 10);
        InputSpec input = new InputSpec(
                "stations",
                Map.of(),
                List.of(TensorSpec.floats(CHANNELS, 1, 128, 32)),
                List.of(new NetworkTensor(TensorSpec.floats(LocalizationNet.FEATURES, 1, 128, 32), standard)));
        NetworkSpec network = Networks.named("small").network(input);
        ModelDescription description = new ModelDescription(
                input,
                network.output(),
                new PlaneScale(new LocalPlane(45, 8), new AffineMap(0, 50_000, 0, 50_000)),
                1,
                "0".repeat(32),
                Map.of());
        for (int version = 1; version <= VERSIONS; version++) {
            OnnxExporter.write(file(version), network, Weights.initial(network, version), description);
        }
    }

    private static Path file(int version) {
        return directory.resolve(version + ".onnx");
    }

    private static ModelVersion version(int number) {
        return new ModelVersion("localization", number, "run" + number, "model", Instant.EPOCH, Set.of());
    }

    private static Map<String, FloatTensor> decibels(int rows, long seed) {
        Random random = new Random(seed);
        float[] values = new float[rows * VALUES];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (-60 + 10 * random.nextGaussian());
        }
        return Map.of(CHANNELS, FloatTensor.of(values, rows, 1, 128, 32));
    }

    private static void same(List<Location> found, List<Location> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).latitude()).isCloseTo(expected.get(i).latitude(), within(1e-5));
            assertThat(found.get(i).longitude()).isCloseTo(expected.get(i).longitude(), within(1e-5));
            assertThat(found.get(i).sigmaLatitude()).isCloseTo(expected.get(i).sigmaLatitude(), within(1e-5));
        }
    }

    /** Of requests of all sizes to more models than stay open, all at the same time, each gets its own answer. */
    @Test
    void everyRequestGetsTheAnswerOfItsInputsAndItsModel() throws Exception {
        List<Callable<Void>> requests = new ArrayList<>();
        ExecutorService clients = Executors.newFixedThreadPool(12);
        try (OpenModels open = new OpenModels(version -> file(version.version()));
                PredictionQueue queue = new PredictionQueue(64)) {
            for (int i = 0; i < 120; i++) {
                int version = 1 + i % VERSIONS;
                int rows = List.of(1, 1, 2, 1, 7, 16, 17, 40).get(i % 8);
                Map<String, FloatTensor> inputs = decibels(rows, i);
                List<Location> expected;
                try (OnnxModel model = OnnxModel.open(file(version), 1)) {
                    expected = model.predict(inputs);
                }
                requests.add(() -> {
                    same(open.use(version(version), model -> queue.predict(model, inputs)), expected);
                    return null;
                });
            }
            Collections.shuffle(requests, new Random(1));
            for (Future<Void> answer : clients.invokeAll(requests)) {
                answer.get();
            }
            assertThat(queue.waiting()).isZero();
        } finally {
            clients.shutdown();
        }
    }

    private static Map<String, FloatTensor> sets(float station) {
        return Map.of(
                CHANNELS,
                FloatTensor.zeros(1, 2, 128, 32),
                "station_position",
                FloatTensor.of(new float[] {45, 8, 45.5f, 7.5f}, 1, 2, 2),
                "heard",
                FloatTensor.of(new float[] {1, 1}, 1, 2),
                "recorded",
                FloatTensor.of(new float[] {1, 1}, 1, 2),
                "in_service",
                FloatTensor.of(new float[] {1, 1}, 1, 2),
                "level_db",
                FloatTensor.zeros(1, 2),
                "station_index",
                FloatTensor.of(new float[] {0, station}, 1, 2),
                "frequency_hz",
                FloatTensor.of(new float[] {100e6f}, 1));
    }

    @Test
    void aBadRequestDoesNotFailTheOthersOfItsBatch() throws IOException {
        InputSpec input = new SetProducer().example();
        NetworkSpec network = Networks.named("set").network(input);
        Path set = directory.resolve("set.onnx");
        PlaneScale scale = new PlaneScale(new LocalPlane(45, 8), AffineMap.scaling(50_000));
        OnnxExporter.write(
                set,
                network,
                Weights.initial(network, 1),
                new ModelDescription(
                        input.reading(network.inputs()), network.output(), scale, 1, "0".repeat(32), Map.of()));
        try (OnnxModel model = OnnxModel.open(set, 1)) {
            List<PredictionQueue.Part> together = List.of(
                    new PredictionQueue.Part(model, sets(1)),
                    new PredictionQueue.Part(model, sets(1e6f)),
                    new PredictionQueue.Part(model, sets(0)));

            assertThat(PredictionQueue.answer(model, together))
                    .as("the time of a run that failed is no pace")
                    .isEmpty();

            assertThatThrownBy(() -> together.get(1).answer().join().get()).isInstanceOf(ModelException.class);
            same(together.get(0).answer().join().get(), model.predict(sets(1)));
            same(together.get(2).answer().join().get(), model.predict(sets(0)));
            assertThat(PredictionQueue.answer(model, List.of(new PredictionQueue.Part(model, sets(1)))))
                    .isPresent();
            int known = Integer.parseInt(input.parameters().get("station_count"));
            assertThat(PredictRoutes.checked(model, sets(known))).containsKey("station_index");
            for (float beyond : new float[] {-1, known + 1}) {
                assertThatThrownBy(() -> PredictRoutes.checked(model, sets(beyond)))
                        .isInstanceOfSatisfying(
                                Problem.class,
                                problem -> assertThat(problem.status()).isEqualTo(409))
                        .hasMessageContaining("has the number " + (long) beyond + ", expected 0.." + known);
            }
        }
    }

    @Test
    void modelThatCannotBeOpenedIsTriedAgain() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        try (OpenModels open =
                new OpenModels(version -> asked.incrementAndGet() == 1 ? directory.resolve("missing") : file(1))) {
            assertThatThrownBy(() -> open.use(version(1), OnnxModel::inputs))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("missing");
            assertThat(open.use(version(1), OnnxModel::inputs)).hasSize(1);
            assertThat(open.use(version(1), OnnxModel::inputs)).hasSize(1);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void whoFindsNoRoomIsSentAwayAndTheOthersAreNot() throws Exception {
        Map<String, FloatTensor> inputs = decibels(16 * 30, 1);
        try (OpenModels open = new OpenModels(version -> file(1));
                PredictionQueue queue = new PredictionQueue(2)) {
            assertThatThrownBy(() -> open.use(version(1), model -> queue.predict(model, inputs)))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("too many predictions are waiting");
            assertThat(open.<List<Location>>use(version(1), model -> queue.predict(model, decibels(1, 2))))
                    .hasSize(1);
        }
    }

    @Test
    void afterItsCloseEverybodyIsSentAway() throws IOException {
        try (OnnxModel model = OnnxModel.open(file(1), 1)) {
            PredictionQueue queue = new PredictionQueue(4);
            queue.close();
            assertThatThrownBy(() -> queue.predict(model, decibels(1, 1))).isInstanceOf(Problem.class);
        }
    }
}
