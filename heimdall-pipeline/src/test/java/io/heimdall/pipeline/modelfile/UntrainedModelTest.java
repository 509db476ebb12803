package io.heimdall.pipeline.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.export.OnnxModel;
import io.heimdall.pipeline.input.Producers;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.filestore.FileStoreTracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntrainedModelTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"set, station-set", "small, stations", "resnet18, single-receiver"})
    void isAFileThatServesAsATrainedOne(String family, String producer) throws IOException {
        Path file = folder.resolve("model.onnx");
        UntrainedModel model =
                UntrainedModel.of(family, Producers.named(producer).example());
        model.write(file);
        try (OnnxModel read = OnnxModel.open(file)) {
            assertThat(read.inputs()).isEqualTo(model.description().input().given());
            assertThat(read.description().output()).isEqualTo(model.network().output());
        }
    }

    @Test
    void isRegisteredAsTheNewestVersion() throws IOException {
        UntrainedModel model =
                UntrainedModel.of("set", Producers.named("station-set").example());
        FileStoreTracker tracker = FileStoreTracker.open(folder.resolve("store"));
        model.register(tracker, "mine", folder.resolve("first"));
        model.register(tracker, "mine", folder.resolve("second"));
        List<ModelVersion> versions = tracker.versions("mine");
        assertThat(versions).extracting(ModelVersion::version).containsExactly(1, 2);
        assertThat(tracker.fetch(versions.get(1).runId(), "model/model.onnx"))
                .hasSameBinaryContentAs(folder.resolve("second/model.onnx"));
    }
}
