package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.DryRun.Measured;
import io.heimdall.pipeline.training.DryRun.Part;
import io.heimdall.pipeline.training.DryRun.Sides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
    @TempDir
    Path folder;

    @Test
    void goesThroughAllPhasesAndLeavesNothingBehind() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 90)) {
            Services services = Services.of(workspace);
            List<Path> before = files(folder);
            List<Path> temporary = temporary();

            DryRun tried = new Trials(new TrainingPipeline(services, PipelineListener.NONE))
                    .dryRun(SimulatedWorkspace.settings(20));

            assertThat(tried.parts().stream().map(Measured::part))
                    .containsExactly(
                            Part.FEATURES,
                            Part.SPLIT,
                            Part.TRAINING,
                            Part.VALIDATION,
                            Part.EXPORT,
                            Part.UPLOAD,
                            Part.REGISTRATION,
                            Part.EVALUATION);
            assertThat(tried.tried().training()).isEqualTo(8);
            assertThat(tried.tried().validation()).isBetween(1, 8);
            assertThat(tried.tried().test()).isBetween(1, 8);
            Sides whole = tried.whole();
            assertThat(whole.training() + whole.validation() + whole.test()).isEqualTo(90);
            assertThat(tried.estimate()).isGreaterThan(tried.parts().get(0).estimate());
            assertThat(files(folder)).isEqualTo(before);
            assertThat(temporary()).isEqualTo(temporary);
            assertThat(services.tracker().runs()).isEmpty();
            assertThat(services.tracker().versions(TrainingSettings.MODEL_NAME)).isEmpty();
        }
    }

    private static List<Path> temporary() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(file -> file.getFileName().toString().startsWith("heimdall-dry-run"))
                    .sorted()
                    .toList();
        }
    }

    @Tag("slow")
    @Test
    void triesPretrainingAndFolds() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 100)) {
            TrainingSettings set =
                    SimulatedWorkspace.settings(3).withNetwork("set").withPretraining(Pretraining.ofSteps(500));
            Trials trials = new Trials(new TrainingPipeline(Services.of(workspace), PipelineListener.NONE));

            DryRun single = trials.dryRun(set);
            DryRun folds = trials.dryRun(set.withData(set.data().withFolds(3)));

            assertThat(single.parts().stream().map(Measured::part)).contains(Part.FIT, Part.PRETRAINING);
            assertThat(folds.whole().test()).isEqualTo(100);
            assertThat(folds.summary()).containsEntry("dry_run", true);
        }
    }

    @Test
    void failsAsTheTrainingWould() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 12)) {
            Trials trials = new Trials(new TrainingPipeline(Services.of(workspace), PipelineListener.NONE));
            TrainingSettings settings = SimulatedWorkspace.settings(1).withModelName("no/name");

            assertThatThrownBy(() -> trials.dryRun(settings)).hasMessageContaining("no/name");
        }
    }

    /** Folders that opening a workspace makes are no trace of a training. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().contains(".db"))
                    .sorted()
                    .toList();
        }
    }
}
