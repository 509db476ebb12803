package io.heimdall.app.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.heimdall.dataset.DatasetException;
import io.heimdall.features.recording.ReadOptions;
import io.heimdall.features.recording.Recordings;
import io.heimdall.files.ObjectStoreException;
import io.heimdall.model.ModelException;
import io.heimdall.model.train.Checkpoints;
import io.heimdall.model.weights.PretrainedBackbone;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictTest {
    @TempDir
    private Path folder;

    @Test
    void faultsOfDisksServersAndEnginesAreTriedAgain() {
        assertThat(Stream.of(
                        new IOException("disk"),
                        new UncheckedIOException(new IOException("disk")),
                        new ObjectStoreException("s3://b/k", "away", null, true),
                        new DatasetException("db", "away", null, true),
                        new ModelException("last-000003", "disk", null, true),
                        new TrackingException("run 1", "server", null, true),
                        new PipelineException("run 1", "another works on it", null, true),
                        new JobException("db", "away", null, true),
                        new IllegalStateException("engine")))
                .allSatisfy(fault -> assertThat(Verdict.of(fault)).isEqualTo(Verdict.TRY_AGAIN));
    }

    @Test
    void whatComesOutTheSameAgainIsGivenUp() {
        assertThat(Stream.of(
                        new IllegalArgumentException("settings"),
                        new PipelineException("nothing to learn from"),
                        new DatasetException("recording of no use"),
                        new ModelException("loss is NaN"),
                        new TrackingException("no such run"),
                        new JobException("no JSON in the table"),
                        new ObjectStoreException("s3://b/k", "access denied", null, false),
                        new NoSuchFileException("weights"),
                        new OutOfMemoryError()))
                .allSatisfy(fault -> assertThat(Verdict.of(fault)).isEqualTo(Verdict.GIVE_UP));
    }

    /** Who wraps a fault has looked at it: a cause does not overrule what it says. */
    @Test
    void theOutermostThatKnowsDecides() {
        assertThat(Verdict.of(new ModelException("f", "damaged", new IOException("f is no state"), false)))
                .isEqualTo(Verdict.GIVE_UP);
        assertThat(Verdict.of(new IllegalStateException(new DatasetException("no such station"))))
                .isEqualTo(Verdict.GIVE_UP);
    }

    @Test
    void damagedFilesAreNotTriedAgain() throws IOException {
        Path checkpoint = Files.createDirectory(folder.resolve("last-000003"));
        for (String name : new String[] {"weights.safetensors", "training.json"}) {
            Files.writeString(checkpoint.resolve(name), "{\"format\": 1}");
        }
        Path weights = Files.writeString(folder.resolve("resnet18.safetensors"), "no weights at all");
        Path recording = Files.writeString(folder.resolve("a.npy"), "no recording");
        assertThat(Stream.of(
                        catchThrowable(() -> Checkpoints.in(folder).last()),
                        catchThrowable(() -> PretrainedBackbone.read(weights)),
                        catchThrowable(() -> Recordings.open(recording, ReadOptions.defaults()))))
                .doesNotContainNull()
                .allSatisfy(fault -> assertThat(Verdict.of(fault)).isEqualTo(Verdict.GIVE_UP));
    }
}
