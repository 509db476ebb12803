package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.split.Split;
import io.heimdall.export.Location;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.evaluation.EvaluationSummary;
import io.heimdall.pipeline.evaluation.WorkspaceEvaluation;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads a workspace of the release before inputs and outputs had types: eight simulated sessions, a run that has finished, and one
 * whose process was killed in its third epoch. Its predictions and its evaluation are that release's own.
 */
class FirstFormatTest {
    private static final String FINISHED = "d9b7f742226246818a0e5e6e061bc0fe";
    private static final String INTERRUPTED = "543d675e96394826bec0ac5fec387210";
    private static final String RESUMED_WEIGHTS = "d270cd8aaa5793610216f7642f7753d717cf54b7fae33d1d0c095df2093e6e2c";

    /** Of the first two epochs as they were written, and of the others as that release went on. */
    private static final List<Double> VALIDATION = List.of(
            2.2707272123328286,
            2.314709726561153,
            2.430874007408559,
            2.545936355355744,
            2.5858683425617914,
            2.72359624463264);

    /** Two units in the last place of a float of 44 degrees: kernels of ONNX Runtime differ by processor. */
    private static final double FLOAT_DEGREES = 8e-6;

    @TempDir
    Path folder;

    private Workspace workspace;
    private Services services;

    @BeforeEach
    void unpack() throws IOException {
        try (InputStream resource = resource("workspace.zip");
                ZipInputStream zip = new ZipInputStream(resource)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(entry.isDirectory() ? file : file.getParent());
                if (!entry.isDirectory()) {
                    Files.copy(zip, file);
                }
            }
        }
        workspace = Workspace.openOrCreate(folder.resolve("workspace"));
        services = Services.of(workspace);
    }

    @AfterEach
    void close() {
        services.close();
        workspace.close();
    }

    private static InputStream resource(String name) {
        return FirstFormatTest.class.getResourceAsStream("/first-format/" + name);
    }

    private Path finished() {
        return services.trainings().resolve(FINISHED);
    }

    @Test
    void aModelFileLocatesAsBefore() throws IOException {
        assertLocatesAsBefore(finished().resolve("model.onnx"));
    }

    @Test
    void aCheckpointIsExportedToAModelThatLocatesAsBefore() throws IOException {
        Path again = folder.resolve("again.onnx");

        ModelExport.checkpoint(finished(), again, Backends.require("djl-pytorch"));

        assertLocatesAsBefore(again);
    }

    private void assertLocatesAsBefore(Path onnx) throws IOException {
        List<Estimate> estimates;
        try (SessionLocalizer localizer = SessionLocalizer.open(onnx, services.objects(), FeatureCache.none())) {
            estimates = localizer.locate(workspace.catalog().allSessions().toList(), done -> {});
        }
        List<String> expected;
        try (InputStream resource = resource("predictions.csv")) {
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            expected = text.lines().skip(1).toList();
        }
        assertThat(estimates).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            String[] fields = expected.get(i).split(",");
            double[] numbers =
                    Stream.of(fields).skip(1).mapToDouble(Double::parseDouble).toArray();
            Location location = estimates.get(i).location();
            assertThat(estimates.get(i).sessionId()).isEqualTo(fields[0]);
            assertThat(location.latitude()).isCloseTo(numbers[0], within(FLOAT_DEGREES));
            assertThat(location.longitude()).isCloseTo(numbers[1], within(FLOAT_DEGREES));
            assertThat(location.sigmaLatitude()).isCloseTo(numbers[2], within(FLOAT_DEGREES));
            assertThat(location.sigmaLongitude()).isCloseTo(numbers[3], within(FLOAT_DEGREES));
        }
    }

    @Test
    void aModelFileIsJudgedAsBefore() throws IOException {
        var judged = new WorkspaceEvaluation(services.sessions(), finished().resolve("model.onnx"))
                .on(Split.TEST, PipelineListener.NONE);

        JsonMapper json = new JsonMapper();
        JsonNode summary = json.valueToTree(EvaluationSummary.of(judged.evaluation()));
        try (InputStream resource = resource("evaluation.json")) {
            assertSame("", json.readTree(resource), summary);
        }
    }

    private static void assertSame(String path, JsonNode expected, JsonNode found) {
        if (expected.isObject()) {
            expected.properties()
                    .forEach(field ->
                            assertSame(path + "/" + field.getKey(), field.getValue(), found.path(field.getKey())));
        } else {
            double number = expected.asDouble();
            assertThat(found.isNumber()).as(path).isTrue();
            assertThat(found.asDouble()).as(path).isCloseTo(number, within(1e-5 * Math.max(1, Math.abs(number))));
        }
    }

    /** The best epoch is one that the earlier release has computed: its weights are the same on any processor. */
    @Test
    void anInterruptedRunGoesOnAsBefore() throws IOException {
        assertThat(InterruptedRuns.among(services.tracker().runs(), services.tracker(), services.trainings()))
                .containsExactly(INTERRUPTED);

        TrainingOutcome outcome = new TrainingPipeline(services, PipelineListener.NONE)
                .resume(INTERRUPTED)
                .orElseThrow();

        List<EpochMetrics> history = outcome.result().history();
        assertThat(history).hasSameSizeAs(VALIDATION);
        for (int i = 0; i < VALIDATION.size(); i++) {
            assertThat(history.get(i).validationNll().orElseThrow()).isCloseTo(VALIDATION.get(i), within(1e-3));
        }
        assertThat(outcome.result().bestEpoch()).isEqualTo(1);
        assertThat(outcome.result().weights().sha256()).isEqualTo(RESUMED_WEIGHTS);
        assertThat(outcome.modelVersion()).isEqualTo(2);
        assertThat(InterruptedRuns.among(services.tracker().runs(), services.tracker(), services.trainings()))
                .isEmpty();
    }
}
