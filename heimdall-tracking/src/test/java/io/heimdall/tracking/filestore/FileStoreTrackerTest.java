package io.heimdall.tracking.filestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import io.heimdall.tracking.TrackerContract;
import io.heimdall.tracking.TrackingException;
import io.heimdall.tracking.mlflow.OnnxFlavor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FileStoreTrackerTest extends TrackerContract {

    private Path root() {
        return directory.resolve("mlruns");
    }

    @Override
    protected Tracker open() {
        return FileStoreTracker.open(root());
    }

    @Test
    void theFilesAreWhereMlflowLooksForThem() throws IOException {
        TrackedRun run = start("run");
        run.param("lr", "0.001");
        run.metric("validation/nll", 1.5, 4, NOON);
        run.artifact(model(), "model");
        tracker.registerModel("localization", run.id(), "model");
        tracker.alias("localization", "champion", 1);
        Path home = root().resolve("1").resolve(run.id());
        assertThat(home.resolve("params/lr")).hasContent("0.001");
        assertThat(home.resolve("metrics/validation/nll")).content().isEqualTo(NOON.toEpochMilli() + " 1.5 4\n");
        assertThat(home.resolve("tags/mlflow.runName")).hasContent("run");
        assertThat(StoreFiles.readYaml(root().resolve("1/meta.yaml")))
                .containsEntry("experiment_id", "1")
                .containsEntry("name", experiment);
        assertThat(StoreFiles.readYaml(home.resolve("meta.yaml")))
                .containsEntry("run_id", run.id())
                .containsEntry("experiment_id", "1")
                .containsEntry("status", 1)
                .containsEntry("end_time", null)
                .hasEntrySatisfying(
                        "artifact_uri",
                        uri -> assertThat((String) uri)
                                .startsWith("file:///")
                                .endsWith("/1/" + run.id() + "/artifacts"));
        assertThat(root().resolve("models/localization/aliases/champion")).hasContent("1");
        assertThat(StoreFiles.readYaml(root().resolve("models/localization/version-1/meta.yaml")))
                .containsEntry("version", 1)
                .containsEntry("status", "READY")
                .containsEntry("run_id", run.id());
    }

    @Test
    void aLineThatACrashCutIsDroppedAndTheRunGoesOn() throws IOException {
        TrackedRun killed = start("run");
        killed.metric("loss", 3, 1, NOON);
        Path file = root().resolve("1").resolve(killed.id()).resolve("metrics/loss");
        Files.writeString(file, "17954892 2.", StandardOpenOption.APPEND);
        assertThat(tracker.history(killed.id(), "loss")).containsExactly(new MetricPoint(NOON, 3, 1));
        TrackedRun run = tracker.resume(killed.id());
        run.metric("loss", 2, 2, NOON);
        assertThat(tracker.history(run.id(), "loss"))
                .containsExactly(new MetricPoint(NOON, 3, 1), new MetricPoint(NOON, 2, 2));
    }

    @Test
    void damagedRunsDoNotHideTheOthers() throws IOException {
        String whole = start("whole").id();
        String damaged = start("damaged").id();
        Files.writeString(root().resolve("1").resolve(damaged).resolve("meta.yaml"), "status: [\n");
        String wrong = start("wrong").id();
        Files.writeString(root().resolve("1").resolve(wrong).resolve("metrics/loss"), "no number\n");
        Files.createDirectories(root().resolve("1").resolve("begun"));
        assertThat(tracker.runs()).extracting(RunSummary::id).containsExactly(whole);
        assertThatThrownBy(() -> tracker.history(wrong, "loss"))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("line 1: 'no number' is not 'timestamp value step'");
        assertThatThrownBy(() -> tracker.run(damaged))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("meta.yaml: not YAML");
    }

    @Test
    void whatMlflowWroteIsRead() throws IOException {
        Path run = Files.createDirectories(root().resolve("480578577974449088/96ef3cd65bc64795a1c0e74222508d36"));
        Files.writeString(
                run.getParent().resolve("meta.yaml"),
                "artifact_location: file:///x\nexperiment_id: '480578577974449088'\nname: python\n");
        Files.writeString(
                run.resolve("meta.yaml"),
                "end_time: 1795489351190\nrun_name: fred\nstart_time: 1795489351181\nstatus: 3\n");
        Files.createDirectories(run.resolve("metrics/val"));
        Files.writeString(run.resolve("metrics/val/nll"), "1000 1.5 1\n2000 nan 2\n3000 -inf 3\n");
        RunSummary summary = tracker.runs().get(0);
        assertThat(summary.name()).isEqualTo("fred");
        assertThat(summary.experiment()).isEqualTo("python");
        assertThat(summary.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(summary.metrics()).isEqualTo(Map.of("val/nll", Double.NEGATIVE_INFINITY));
    }

    @Test
    void theStoreMayBeMoved() throws IOException {
        TrackedRun run = start("run");
        run.artifact(model(), "model");
        tracker.registerModel("localization", run.id(), "model");
        Path moved = Files.move(root(), directory.resolve("moved"));
        Tracker there = FileStoreTracker.open(moved);
        ModelVersion version = there.versions("localization").get(0);
        assertThat(there.fetch(version.runId(), version.artifact()).resolve("MLmodel"))
                .exists();
    }

    @Test
    void aModelFileIsLinkedNotCopied() throws IOException {
        Path model = model();
        TrackedRun run = start("run");
        run.artifact(model, "model");
        Object original = Files.getAttribute(model.resolve("deep/weights.onnx"), "unix:ino");
        assertThat(Files.getAttribute(tracker.fetch(run.id(), "model/deep/weights.onnx"), "unix:ino"))
                .isEqualTo(original);
    }

    @Test
    void aStoreThatCannotBeWrittenSaysWhich() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> FileStoreTracker.open(file.resolve("mlruns")))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("file/mlruns");
        TrackedRun run = start("run");
        run.metric("a", 1, 1, NOON);
        assertThatThrownBy(() -> run.metric("a/b", 1, 1, NOON))
                .isInstanceOf(TrackingException.class)
                .hasMessageContaining("metric a/b cannot be recorded");
    }

    @Test
    void theModelDirectoryHasWhatMlflowLoads() throws IOException {
        Path onnx = Files.writeString(directory.resolve("localization-v1.onnx"), "onnx");
        Path model = directory.resolve("flavor/model");
        OnnxFlavor.write(
                model,
                onnx,
                List.of(new OnnxFlavor.Tensor("mel_spectrogram", -1, 3, 128, 32)),
                List.of(new OnnxFlavor.Tensor("position", -1, 2), new OnnxFlavor.Tensor("uncertainty", -1, 2)),
                "0123456789abcdef0123456789abcdef");
        try (var files = Files.list(model)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "MLmodel", "model.onnx", "requirements.txt", "conda.yaml", "python_env.yaml");
        }
        Map<String, Object> description = StoreFiles.readYaml(model.resolve("MLmodel"));
        assertThat(description).containsEntry("run_id", "0123456789abcdef0123456789abcdef");
        assertThat(((Map<?, ?>) description.get("signature")).get("inputs"))
                .asString()
                .startsWith("[{\"name\":\"mel_spectrogram\",\"type\":\"tensor\",\"tensor-spec\":{")
                .contains("\"dtype\":\"float32\"", "\"shape\":[-1,3,128,32]");
    }
}
