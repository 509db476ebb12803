package io.heimdall.pipeline.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Workspace;
import io.heimdall.export.OnnxModel;
import io.heimdall.export.Precision;
import io.heimdall.export.SmallerModel;
import io.heimdall.files.ObjectKey;
import io.heimdall.model.metrics.LocalisationMetrics.Coverage;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.SimulatedWorkspace;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecisionExportTest {
    @TempDir
    Path folder;

    @Test
    void aSmallerFileIsJudgedAndListedWithItsVersion() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 60);
                Services services = Services.of(workspace)) {
            TrainingOutcome outcome =
                    new TrainingPipeline(services, PipelineListener.NONE).train(SimulatedWorkspace.settings(1));
            Path out = folder.resolve("small.onnx");

            SmallerModel.write(outcome.onnx(), out, Precision.FP16, List.of());
            FileQuality before = new FileQuality(Files.size(outcome.onnx()), 3, 100, new Coverage(0.5, 0.7, 0.9, 1));
            FileQuality after = new FileQuality(Files.size(out), 2, 100, new Coverage(0.5, 0.7, 0.9, 1));
            PrecisionCost cost = new PrecisionCost(Precision.FP16, 100, before, after);
            assertThat(after.bytes()).isLessThan(before.bytes() * 2 / 3);
            Optional<ModelVersion> listed =
                    ListedFile.list(services.destination(), services.trainings(), outcome.onnx(), out, cost);
            assertThat(listed.orElseThrow().version()).isEqualTo(outcome.modelVersion());
            ModelVersion version =
                    services.tracker().versions(TrainingSettings.MODEL_NAME).get(0);
            List<ListedFile> files = ListedFile.of(version);
            assertThat(files)
                    .containsExactly(new ListedFile(
                            Precision.FP16,
                            "s3://heimdall-models/localization-v1-" + outcome.runId() + "-fp16.onnx",
                            Files.size(out),
                            cost.after().milliseconds()));
            assertThat(services.objects().fetch(ObjectKey.parse(files.get(0).object())))
                    .hasSameBinaryContentAs(out);
            byte[] other = Arrays.copyOf(Files.readAllBytes(outcome.onnx()), (int) Files.size(outcome.onnx()) + 3);
            System.arraycopy(
                    new byte[] {(byte) 0xa0, 6, 1}, 0, other, other.length - 3, 3); // a field that ONNX does not know
            Path older = Files.write(folder.resolve("older.onnx"), other);
            assertThat(ListedFile.list(services.destination(), services.trainings(), older, out, cost))
                    .as("a file of other bytes and the same weights")
                    .isPresent();
            assertThat(ListedFile.list(services.destination(), services.trainings(), out, out, cost))
                    .as("no version has this file")
                    .isEmpty();
            for (Precision precision : List.of(Precision.FP16, Precision.INT8)) {
                assertJudged(services, outcome.onnx(), precision);
            }
        }
    }

    /** With a few validation sessions, one at the edge of a region is more than a point: then nothing is left behind. */
    private void assertJudged(Services services, Path float32, Precision precision) throws IOException {
        Path out = folder.resolve(precision + ".onnx");
        try {
            PrecisionCost cost = new PrecisionExport(services.sessions()).write(float32, out, precision);
            assertThat(cost.isAcceptable()).isTrue();
            assertThat(cost.after().bytes()).isEqualTo(Files.size(out));
            assertThat(cost.after().milliseconds()).isPositive();
            try (OnnxModel model = OnnxModel.open(out, 1)) {
                assertThat(model.metadata()).containsEntry("precision", precision.text());
            }
        } catch (PipelineException e) {
            assertThat(e)
                    .hasMessageContaining(precision + " was not written")
                    .hasMessageContaining("validation samples");
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void withoutSessionsNothingIsWritten() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 60);
                Services services = Services.of(workspace);
                Workspace empty = Workspace.create(folder.resolve("empty"));
                Services none = Services.of(empty)) {
            TrainingOutcome outcome =
                    new TrainingPipeline(services, PipelineListener.NONE).train(SimulatedWorkspace.settings(1));
            Path out = folder.resolve("small.onnx");

            assertThatThrownBy(() -> new PrecisionExport(none.sessions()).write(outcome.onnx(), out, Precision.INT8))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("judged on validation sessions of the workspace, which has 0 and 0");
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void tagsOfOthersAreNoFiles() {
        ModelVersion version = new ModelVersion(
                "m",
                1,
                "run",
                "model",
                Instant.EPOCH,
                Set.of(),
                Map.of(
                        "heimdall.file.fp16",
                        "{damaged",
                        "heimdall.file.int8",
                        "{\"bytes\": 1}",
                        "heimdall.file.x",
                        "{}"));

        assertThat(ListedFile.of(version)).isEmpty();
    }
}
