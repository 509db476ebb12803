package io.heimdall.pipeline.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.pipeline.PipelineException;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
    @TempDir
    Path folder;

    private FileStoreTracker tracker;

    @BeforeEach
    void registerTwoVersions() throws IOException {
        tracker = FileStoreTracker.open(folder.resolve("mlruns"));
        for (int version = 1; version <= 2; version++) {
            TrackedRun run = tracker.start(RunInfo.of("e", "r" + version));
            Path model = Files.createDirectories(folder.resolve("model" + version));
            Files.writeString(model.resolve("model.onnx"), "version " + version);
            run.artifact(model, "model");
            tracker.registerModel("m", run.id(), "model");
        }
        tracker.alias("m", "newest", 2);
    }

    @Test
    void findsFilesVersionsAndAliases() throws IOException {
        Path file = Files.writeString(folder.resolve("some.onnx"), "a file");

        assertThat(ModelFiles.find(tracker, "m", file.toString())).hasContent("a file");
        assertThat(ModelFiles.find(tracker, "m", "1")).hasContent("version 1");
        assertThat(ModelFiles.find(tracker, "m", "v2")).hasContent("version 2");
        assertThat(ModelFiles.find(tracker, "m", "newest")).hasContent("version 2");
    }

    @Test
    void saysWhatThereIs() {
        assertThatThrownBy(() -> ModelFiles.find(tracker, "m", "v3"))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("'v3'")
                .hasMessageContaining("v1, v2 (newest)");
        assertThatThrownBy(() -> ModelFiles.find(tracker, "m", "missing.onnx")).hasMessageContaining("missing.onnx");
        assertThatThrownBy(() -> ModelFiles.find(tracker, "other", "v1")).hasMessageContaining("'other'");
    }
}
