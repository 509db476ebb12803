package io.heimdall.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heimdall.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code heimdall export} with other precisions, and with recordings as input. */
class ExportCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Path workspace;
    private static JsonNode trained;

    @BeforeAll
    static void simulateAndTrain() throws IOException {
        workspace = folder.resolve("workspace");
        assertThat(Run.heimdall("simulate", "--workspace", workspace, "--sessions", 60)
                        .exit())
                .isZero();
        Run train = Run.heimdall(
                "train",
                "--workspace",
                workspace,
                "--network",
                "small",
                "--epochs",
                2,
                "--batch-size",
                8,
                "--profile",
                "--json");
        assertThat(train.err()).doesNotContain("Exception");
        assertThat(train.exit()).isZero();
        trained = JSON.readTree(train.lastLine());
    }

    @Test
    void exportWritesASmallerFileAndListsItWithTheVersion() throws IOException {
        Path onnx = folder.resolve("fp16.onnx");
        Path training = Path.of(trained.get("checkpoints").asText()).getParent();

        Run run = Run.heimdall("export", "--checkpoint", training, "--precision", "fp16", "--out", onnx, "--json");

        if (run.exit() != 0) { // with so few validation sessions, one at the edge of a region is too much
            assertThat(run.err())
                    .contains("fp16 was not written", "one sample is")
                    .doesNotContain("\tat ");
            assertThat(onnx).doesNotExist();
            return;
        }
        assertThat(run.err()).contains("median error", "listed with v1 of heimdall-localization");
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.get("out").asText()).isEqualTo(onnx.toString());
        assertThat(json.get("model_version").asInt()).isEqualTo(1);
        assertThat(json.get("bytes").asLong()).isEqualTo(Files.size(onnx));
        assertThat(json.get("float32").get("bytes").asLong())
                .isEqualTo(Files.size(Path.of(trained.get("onnx").asText())));
        Run summary = Run.heimdall("summary", "--workspace", workspace, "v1", "--json");
        assertThat(summary.err()).contains("fp16: s3://heimdall-models/localization-v1-");
        JsonNode files = JSON.readTree(summary.lastLine()).get("other_files");
        assertThat(files.get(0).get("bytes").asLong()).isEqualTo(Files.size(onnx));
        Run located = Run.heimdall("predict", "--model", onnx, "Torino=" + recording(), "--rate", 12500, "--json");
        assertThat(located.exit()).as(located.err()).isZero();
    }

    @Test
    void exportRefusesAnUnknownPrecisionAndAPlaceWithoutSessions() throws IOException {
        Path onnx = folder.resolve("none.onnx");
        Path training = Path.of(trained.get("checkpoints").asText()).getParent();
        Path copy = Files.createDirectories(folder.resolve("copy"));
        try (var files = Files.walk(training)) {
            for (Path file : files.toList()) {
                Path to = copy.resolve(training.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }

        Run unknown = Run.heimdall("export", "--checkpoint", training, "--precision", "int4", "--out", onnx);
        Run needless = Run.heimdall("export", "--checkpoint", training, "--workspace", workspace, "--out", onnx);
        Run nowhere = Run.heimdall("export", "--checkpoint", copy, "--precision", "int8", "--out", onnx);

        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("'int4' is no precision", "float32, fp16, bf16, int8");
        assertThat(needless.exit()).isEqualTo(2);
        assertThat(needless.err()).contains("expected --precision fp16, bf16 or int8 beside it");
        assertThat(nowhere.exit()).isEqualTo(1);
        assertThat(nowhere.err()).contains("name their workspace with --workspace");
        assertThat(onnx).doesNotExist();
    }

    @Test
    void exportWritesAFileThatReadsRecordings() throws IOException {
        Path onnx = folder.resolve("iq.onnx");
        Path training = Path.of(trained.get("checkpoints").asText()).getParent();

        Run run = Run.heimdall(
                "export",
                "--checkpoint",
                training,
                "--input",
                "iq",
                "--rate",
                12500,
                "--seconds",
                1,
                "--out",
                onnx,
                "--json");

        assertThat(run.exit()).as(run.err()).isZero();
        JsonNode json = JSON.readTree(run.lastLine());
        assertThat(json.get("iq_samples").asInt()).isEqualTo(12500);
        assertThat(json.get("iq_largest_difference_db").asDouble()).isBetween(0.0, 1e-3);
        Run predict = Run.heimdall("predict", "--model", onnx, "Torino=" + recording(), "--rate", 12500);
        assertThat(predict.exit()).isNotZero();
        assertThat(predict.err()).contains("reads recordings themselves").doesNotContain("\tat ");
        Run half = Run.heimdall("export", "--checkpoint", training, "--input", "iq", "--rate", 12500, "--out", onnx);
        assertThat(half.exit()).isEqualTo(2);
        assertThat(half.err()).contains("--input iq needs --rate and --seconds");
        Run other = Run.heimdall("export", "--checkpoint", training, "--seconds", 1, "--out", onnx);
        assertThat(other.exit()).isEqualTo(2);
        Run longer = Run.heimdall(
                "export", "--checkpoint", training, "--input", "iq", "--rate", 1e6, "--seconds", 60, "--out", onnx);
        assertThat(longer.exit()).isEqualTo(2);
        assertThat(longer.err()).contains("take fewer seconds").doesNotContain(".export");
        Path both = folder.resolve("both.onnx");
        Run smaller = Run.heimdall(
                "export",
                "--checkpoint",
                training,
                "--input",
                "iq",
                "--rate",
                12500,
                "--seconds",
                1,
                "--precision",
                "fp16",
                "--out",
                both,
                "--json");
        assertThat(smaller.err()).contains(both.toString()).doesNotContain(".export", "smaller.onnx");
        assertThat(smaller.exit() == 0).isEqualTo(Files.exists(both));
        if (smaller.exit() == 0) { // otherwise one validation session at the edge of a region is too much
            assertThat(smaller.err()).contains("not listed: files that read recordings");
            assertThat(JSON.readTree(smaller.lastLine()).get("bytes").asLong()).isEqualTo(Files.size(both));
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(".export"));
        }
    }

    /** Returns a recording of the first session. */
    private static Path recording() throws IOException {
        Path session;
        try (var sessions = Files.list(workspace.resolve("objects/heimdall-raw-iq/sessions"))) {
            session = sessions.sorted().findFirst().orElseThrow();
        }
        try (var files = Files.list(session)) {
            return files.filter(f -> f.toString().endsWith(".npy"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }
}
