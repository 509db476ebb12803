package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Workspace;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingProfile.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingProfileTest {
    @TempDir
    Path folder;

    @Test
    void thePartsAreTheEpochs() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 40)) {
            TrainingProfile profile = new TrainingProfile(PipelineListener.NONE);
            TrainingOutcome outcome =
                    new TrainingPipeline(Services.of(workspace), profile).train(SimulatedWorkspace.settings(2));

            Duration epochs = outcome.result().history().stream()
                    .map(EpochMetrics::duration)
                    .reduce(Duration.ZERO, Duration::plus);
            Duration parts = profile.times().values().stream().reduce(Duration.ZERO, Duration::plus);
            assertThat(parts).isCloseTo(epochs, Duration.ofMillis(1 + epochs.toMillis() / 100));
            assertThat(profile.times().get(Part.FORWARD)).isPositive();
            assertThat(profile.times().get(Part.BACKWARD)).isPositive();
            assertThat(profile.times().get(Part.VALIDATION)).isPositive();
            assertThat(profile.steps())
                    .isEqualTo(outcome.result().history().get(1).step());
            assertThat(profile.summary()).containsKeys("steps", "waiting_s", "forward_s", "update_s", "validation_s");
        }
    }
}
