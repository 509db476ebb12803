package io.heimdall.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.app.Heimdall;
import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.export.OnnxModel;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.output.NormalMixture;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An input of two tensors and a network with a mixture as its output, added by nothing but two services on the class path, go
 * through everything.
 */
class AddedTypesTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private Path directory;

    @BeforeEach
    void simulate() throws IOException {
        directory = folder.resolve("workspace");
        try (Workspace workspace = Workspace.create(directory)) {
            new Simulation(World.rss(), 3).writeTo(workspace, 40, 2, done -> {});
        }
    }

    /** Runs the command line, and returns the last line of its standard output as JSON. */
    private static JsonNode heimdall(Object... arguments) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = run(out, err, arguments);
        assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();
        return JSON.readTree(
                out.toString(StandardCharsets.UTF_8).lines().reduce((a, b) -> b).orElseThrow());
    }

    private static int run(ByteArrayOutputStream out, ByteArrayOutputStream err, Object... arguments) {
        return Heimdall.run(
                Stream.of(arguments).map(Object::toString).toArray(String[]::new),
                Map.of(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void goThroughTrainingExportEvaluationAndPrediction() throws IOException {
        JsonNode trained = heimdall(
                "train",
                "--workspace",
                directory,
                "--network",
                LevelNetwork.NAME,
                "--epochs",
                3,
                "--batch-size",
                8,
                "--backend",
                "djl-pytorch",
                "--json");
        Path onnx = Path.of(trained.path("onnx").asText());
        assertThat(trained.path("nll_density").asDouble()).isFinite();

        JsonNode evaluated = heimdall("evaluate", "--workspace", directory, "--model", onnx, "--json");
        assertThat(evaluated.path("error_m")).isEqualTo(trained.path("error_m"));
        assertThat(evaluated.path("nll_density")).isEqualTo(trained.path("nll_density"));

        JsonNode resumed = heimdall(
                "train",
                "--workspace",
                directory,
                "--resume",
                trained.path("run_id").asText(),
                "--loss",
                "likelihood",
                "--json");
        assertThat(resumed.path("weights_sha256")).isEqualTo(trained.path("weights_sha256"));

        Path again = folder.resolve("again.onnx");
        heimdall(
                "export",
                "--checkpoint",
                trained.path("checkpoints").asText(),
                "--out",
                again,
                "--backend",
                "djl-pytorch",
                "--json");
        assertThat(again).hasSameBinaryContentAs(onnx);

        assertLocates(onnx);
    }

    private void assertLocates(Path onnx) throws IOException {
        try (Workspace workspace = Workspace.openOrCreate(directory);
                Services services = Services.of(workspace);
                OnnxModel model = OnnxModel.open(onnx);
                SessionLocalizer localizer = SessionLocalizer.with(model, services.objects(), FeatureCache.none())) {
            assertThat(model.inputs())
                    .extracting(TensorSpec::name)
                    .containsExactly(LevelAssembler.LEVEL, LevelAssembler.HEARD);
            assertThat(model.description().input().producer()).isEqualTo(LevelProducer.ID);
            Session session = workspace.catalog().sessions().findFirst().orElseThrow();
            Estimate estimate = localizer.locate(List.of(session), done -> {}).get(0);
            assertThat(estimate.location().density())
                    .isInstanceOfSatisfying(
                            NormalMixture.class,
                            mixture -> assertThat(mixture.components()).hasSize(LevelNetwork.COMPONENTS));

            List<Object> predict = new ArrayList<>(List.of("predict", "--model", onnx, "--json"));
            session.measurements()
                    .forEach(measurement -> predict.add(measurement.station().name() + "="
                            + directory
                                    .resolve("objects")
                                    .resolve(measurement
                                            .recorded()
                                            .orElseThrow()
                                            .key()
                                            .bucket())
                                    .resolve(measurement
                                            .recorded()
                                            .orElseThrow()
                                            .key()
                                            .key())));
            predict.add("--rate");
            predict.add(session.recordings().get(0).sampleRateHz().orElseThrow());
            JsonNode predicted = heimdall(predict.toArray());
            assertThat(predicted.path("latitude").asDouble()).isFinite();
            assertThat(predicted.path("sigma_east_m").asDouble()).isPositive();
        }
    }

    @Test
    void aLossThatDoesNotFitTheOutputIsRefusedBeforeAnythingIsBegun() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int exit = run(
                new ByteArrayOutputStream(),
                err,
                "train",
                "--workspace",
                directory,
                "--network",
                LevelNetwork.NAME,
                "--loss",
                "huber");

        assertThat(exit).isEqualTo(Heimdall.WRONG_USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("loss 'huber' does not fit the network's output, normal-mixture 3")
                .contains("likelihood, density-nll");
        assertThat(directory.resolve("trainings")).doesNotExist();
    }
}
