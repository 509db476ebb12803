package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.data.StreamChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class StreamedTrainingTest {
    private static final int SESSIONS = 60;

    @TempDir
    Path folder;

    private static PipelineListener cancellingAfter(int steps) {
        AtomicLong left = new AtomicLong(steps);
        return new PipelineListener() {
            @Override
            public boolean cancelled() {
                return left.decrementAndGet() < 0;
            }
        };
    }

    @Test
    void aStreamedTrainingGoesOnInItsOrderWhateverHasHappenedToTheShards() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS)) {
            Services services = Services.of(workspace);
            TrainingSettings plain = SimulatedWorkspace.settings(2);
            TrainingSettings settings = plain.withData(plain.data().withStream(StreamChoice.ON));
            TrainingOutcome whole = new TrainingPipeline(services, PipelineListener.NONE).train(settings);
            assertThat(whole.folder().resolve(EpochFile.NAME)).isRegularFile();

            assertThatThrownBy(() -> new TrainingPipeline(services, cancellingAfter(8)).train(settings))
                    .isInstanceOf(CancellationException.class);
            services.sessions().features().compact();
            TrainingOutcome resumed = new TrainingPipeline(services, PipelineListener.NONE)
                    .resume()
                    .orElseThrow();

            assertThat(resumed.result().weights().sha256())
                    .isEqualTo(whole.result().weights().sha256());
            assertThat(services.tracker().run(whole.runId()).orElseThrow().params())
                    .containsEntry("stream", "on");
        }
    }
}
