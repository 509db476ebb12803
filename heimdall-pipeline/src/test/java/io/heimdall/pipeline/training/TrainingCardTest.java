package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training leaves beside its model for those who use it: the card, and the list of its sessions. */
class TrainingCardTest {
    @TempDir
    Path folder;

    @Test
    void aTrainingLeavesItsCardAndTheListOfItsSessions() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 60)) {
            Services services = Services.of(workspace);
            TrainingOutcome outcome =
                    new TrainingPipeline(services, PipelineListener.NONE).train(SimulatedWorkspace.settings(1));
            Tracker tracker = services.tracker();

            assertThat(tracker.fetch(outcome.runId(), "model/MODEL_CARD.md"))
                    .content()
                    .startsWith("# Model card: ")
                    .contains(
                            outcome.runId(),
                            "## Data",
                            "| fingerprint | ",
                            "## Stations",
                            "| Torino | ",
                            "## Errors, beside other methods",
                            "| Network | ",
                            "## Errors by number of stations",
                            "## Calibration",
                            "| 95 % | ",
                            "The sessions are simulated.",
                            "| input | mel_spectrogram | float | (batch, ");
            assertThat(tracker.fetch(outcome.runId(), "report/model_card.html"))
                    .content()
                    .contains("<h2>Limits</h2>", "<td>Torino")
                    .doesNotContain("http");
            int test = outcome.evaluation().orElseThrow().estimates().size();
            assertThat(tracker.fetch(outcome.runId(), "config/learned_sessions.txt"))
                    .content()
                    .hasLineCount(60 - test);
        }
    }
}
