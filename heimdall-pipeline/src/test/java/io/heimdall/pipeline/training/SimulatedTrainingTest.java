package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heimdall.dataset.Workspace;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose network learns from simulated sessions first. */
class SimulatedTrainingTest {
    private static final int STEPS = 210;
    private static final int FEW_STEPS = 10;

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Services services;

    @BeforeAll
    static void simulate() throws IOException {
        workspace = SimulatedWorkspace.create(folder.resolve("w"), 100);
        services = Services.of(workspace);
    }

    @AfterAll
    static void close() throws IOException {
        services.close();
        workspace.close();
    }

    private static TrainingSettings settings(Pretraining pretraining) {
        return TrainingSettings.seeded(1)
                .withPlan(TrainingPlan.seeded(1).withEpochs(2))
                .withPretraining(pretraining);
    }

    /** Notes phases and warnings; cancels a pretraining after some of its steps. */
    private static final class Watch implements PipelineListener {
        private final List<Phase> phases = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final long most;
        private int checkpoints;
        private long done;

        Watch(long most) {
            this.most = most;
        }

        @Override
        public void begin(Phase phase, long steps) {
            phases.add(phase);
            done = 0;
        }

        @Override
        public void advance(long steps, String detail) {
            done = steps;
        }

        @Override
        public void checkpoint() {
            checkpoints++;
        }

        @Override
        public void warn(String message) {
            warnings.add(message);
        }

        @Override
        public boolean cancelled() {
            return phases.contains(Phase.PRETRAIN) && done >= most;
        }
    }

    @Test
    void learnsFromSimulatedSessionsFirst() throws IOException {
        Watch watch = new Watch(Long.MAX_VALUE);
        TrainingOutcome outcome = new TrainingPipeline(services, watch).train(settings(Pretraining.ofSteps(FEW_STEPS)));
        assertThat(watch.phases).containsSubsequence(Phase.PRETRAIN, Phase.TRAIN, Phase.REPORT);
        assertThat(watch.checkpoints)
                .as("one of the pretraining, two of the training")
                .isEqualTo(3);
        assertThat(exported(outcome, "pretraining")).isNotEqualTo(exported(outcome, "checkpoints"));
        assertRecorded(outcome);
    }

    /** Half a minute of a processor. */
    @Tag("slow")
    @Test
    void isStoppedAndResumedToTheSameBitsAndHelps() throws IOException {
        TrainingSettings settings = settings(Pretraining.ofSteps(STEPS));
        Watch watch = new Watch(Long.MAX_VALUE);
        TrainingOutcome whole = new TrainingPipeline(services, watch).train(settings);
        assertThat(Set.copyOf(watch.phases)).containsExactlyInAnyOrder(Phase.values());
        assertThat(watch.checkpoints)
                .as("two of the pretraining, two of the training")
                .isEqualTo(4);

        // In the second half, after a checkpoint: what is drawn goes on where it was.
        assertThatThrownBy(() -> new TrainingPipeline(services, new Watch(STEPS / 2 + 20)).train(settings))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("in its pretraining");
        TrainingOutcome resumed =
                new TrainingPipeline(services, PipelineListener.NONE).resume().orElseThrow();
        assertThat(resumed.result().weights().sha256())
                .isEqualTo(whole.result().weights().sha256());

        assertKeptWeightsAreExported(whole);

        TrainingOutcome without =
                new TrainingPipeline(services, PipelineListener.NONE).train(settings(Pretraining.OFF));
        assertThat(nll(whole)).isLessThan(nll(without) - 0.1);
    }

    /** A hundred sessions do not improve what was learned from their world. */
    private static void assertKeptWeightsAreExported(TrainingOutcome outcome) throws IOException {
        assertThat(outcome.result().bestEpoch()).isZero();
        Path file = folder.resolve("kept.onnx");
        ModelExport.Exported kept = ModelExport.checkpoint(outcome.folder(), file, Backends.preferred());
        assertThat(kept.epoch()).isZero();
        assertThat(kept.weightsSha256()).isEqualTo(outcome.result().weights().sha256());
        assertThat(file).hasSameBinaryContentAs(outcome.onnx());

        assertThat(exported(outcome, "pretraining")).isEqualTo(kept.weightsSha256());
        assertThat(exported(outcome, "checkpoints")).isNotEqualTo(kept.weightsSha256());
    }

    private static String exported(TrainingOutcome outcome, String part) throws IOException {
        return ModelExport.checkpoint(
                        outcome.folder().resolve(part), folder.resolve(part + ".onnx"), Backends.preferred())
                .weightsSha256();
    }

    private static double nll(TrainingOutcome outcome) {
        return outcome.evaluation().orElseThrow().metrics().nllDensity();
    }

    private static void assertRecorded(TrainingOutcome outcome) throws IOException {
        try (var files = Files.walk(folder.resolve("w/mlruns"))) {
            assertThat(files.filter(file -> file.toString().contains(outcome.runId()))
                            .map(file -> file.getParent().getFileName() + "/" + file.getFileName()))
                    .contains("pretrain/loss", "pretrain/validation_nll", "train/loss");
        }
    }

    @Test
    void fewSessionsAreLeftToThemselvesUnlessAsked() throws IOException {
        Watch watch = new Watch(Long.MAX_VALUE);

        new TrainingPipeline(services, watch).train(settings(Pretraining.AUTO));

        assertThat(watch.phases).contains(Phase.TRAIN).doesNotContain(Phase.PRETRAIN);
    }

    @Test
    void aWorldThatCannotBeFittedIsAFaultWhereItWasAskedFor() throws IOException {
        try (Workspace small = SimulatedWorkspace.create(folder.resolve("small"), 22);
                Services few = Services.of(small)) {
            Watch watch = new Watch(Long.MAX_VALUE);
            assertThatThrownBy(() -> new TrainingPipeline(few, watch).train(settings(Pretraining.ofSteps(10))))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("pretraining is not possible")
                    .hasMessageContaining("a world is fitted to at least 20")
                    .hasMessageContaining("'--pretrain off' trains without");
            assertThat(watch.phases).as("features are not computed before").isEmpty();
            assertThat(few.tracker().runs()).isEmpty();
        }
    }
}
