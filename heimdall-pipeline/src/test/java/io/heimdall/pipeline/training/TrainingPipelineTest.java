package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.split.Split;
import io.heimdall.export.OnnxModel;
import io.heimdall.files.ObjectKey;
import io.heimdall.model.ModelException;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.metrics.LocalisationMetrics;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.evaluation.EvaluationSummary;
import io.heimdall.pipeline.evaluation.WorkspaceEvaluation;
import io.heimdall.pipeline.evaluation.WorkspaceEvaluation.Judged;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.TrackedRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPipelineTest {
    private static final List<Phase> PHASES =
            Stream.of(Phase.values()).filter(phase -> phase != Phase.PRETRAIN).toList();

    private static final int SESSIONS = 60;

    @TempDir
    Path folder;

    /** Notes what happens, and cancels after a number of training steps. */
    private static final class Watch implements PipelineListener {
        private final List<Phase> phases = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private long stepsLeft;

        Watch(long stepsLeft) {
            this.stepsLeft = stepsLeft;
        }

        @Override
        public void begin(Phase phase, long steps) {
            phases.add(phase);
        }

        @Override
        public void warn(String message) {
            warnings.add(message);
        }

        @Override
        public boolean cancelled() {
            return --stepsLeft < 0;
        }
    }

    @Test
    void goesFromRecordingsToARegisteredVersionAndItsReport() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS)) {
            Services services = Services.of(workspace);
            Watch watch = new Watch(Long.MAX_VALUE);

            TrainingOutcome outcome = new TrainingPipeline(services, watch).train(SimulatedWorkspace.settings(2));

            assertThat(watch.phases).containsExactlyElementsOf(PHASES);
            assertThat(watch.warnings).isEmpty();
            assertThat(outcome.modelVersion()).isEqualTo(1);
            assertThat(outcome.result().history()).hasSize(2);
            assertThat(Files.readString(outcome.report().orElseThrow())).contains(outcome.runId(), "Exact Bayes");
            assertRecorded(services, outcome);
            assertObject(services, outcome);
            assertEvaluatedAlike(services, outcome);
        }
    }

    @Test
    void aTrainingThatIsOutOfTimeIsFinishedInOrder() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS)) {
            TrainingSettings settings = SimulatedWorkspace.settings(50);
            TrainingSettings limited = settings.withPlan(settings.plan().withMaxMinutes(0.0001));

            TrainingOutcome outcome =
                    new TrainingPipeline(Services.of(workspace), PipelineListener.NONE).train(limited);

            assertThat(outcome.result().history()).hasSize(1);
            assertThat(outcome.bestEpoch()).isEqualTo("1 of 1, then the time was over");
            assertThat(outcome.summary()).containsEntry("end", "out_of_time");
            assertThat(outcome.modelVersion()).isEqualTo(1);
            assertThat(outcome.evaluation()).isPresent();
        }
    }

    @Tag("slow")
    @Test
    void leavesTheModelOfAnotherWorkspaceInTheSameStoreAlone() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS)) {
            Services services = Services.of(workspace);
            ObjectKey taken = new ObjectKey(ObjectKey.MODELS, "localization-v1.onnx");
            services.objects().put(taken, new ByteArrayInputStream(new byte[] {1, 2, 3}));

            TrainingOutcome outcome =
                    new TrainingPipeline(services, PipelineListener.NONE).train(SimulatedWorkspace.settings(1));

            assertThat(services.objects().fetch(taken)).hasBinaryContent(new byte[] {1, 2, 3});
            ObjectKey own = new ObjectKey(ObjectKey.MODELS, "localization-v1-" + outcome.runId() + ".onnx");
            assertThat(services.objects().fetch(own)).hasSameBinaryContentAs(outcome.onnx());
        }
    }

    private static void assertRecorded(Services services, TrainingOutcome outcome) {
        RunSummary run = services.tracker().run(outcome.runId()).orElseThrow();
        assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
        assertThat(run.params()).containsEntry("network", "small").containsEntry("epochs", "2");
        assertThat(run.tags()).containsKeys("backend", "host", "dataset.fingerprint");
        assertThat(run.metrics()).containsKeys("train/loss", "validation/nll", "test/error_p50_m", "sigma_scale");
        assertThat(services.tracker().history(outcome.runId(), "train/loss")).hasSize(2);
        ModelVersion version = services.tracker()
                .byAlias(TrainingSettings.MODEL_NAME, TrainingSettings.ALIAS)
                .orElseThrow();
        assertThat(version.version()).isEqualTo(1);
        assertThat(services.tracker().fetch(outcome.runId(), "model")).isDirectoryContaining("glob:**/MLmodel");
    }

    private static void assertObject(Services services, TrainingOutcome outcome) throws IOException {
        Path object = services.objects().fetch(new ObjectKey(ObjectKey.MODELS, "localization-v1.onnx"));
        assertThat(object).hasSameBinaryContentAs(outcome.onnx());
        try (OnnxModel model = OnnxModel.open(object)) {
            assertThat(model.metadata())
                    .containsEntry("heimdall.training_run_id", outcome.runId())
                    .containsEntry(
                            "heimdall.weights_sha256",
                            outcome.result().weights().sha256());
            assertThat(model.inputs()).containsExactly(TensorSpec.floats("mel_spectrogram", 7, 128, 32));
            assertThat(model.description().input().producer()).isEqualTo("stations");
        }
    }

    private static void assertEvaluatedAlike(Services services, TrainingOutcome outcome) throws IOException {
        Evaluation trained = outcome.evaluation().orElseThrow();
        Evaluation again = new WorkspaceEvaluation(services.sessions(), outcome.onnx())
                .on(Split.TEST, PipelineListener.NONE)
                .evaluation();
        LocalisationMetrics metrics = again.metrics();
        assertThat(metrics.error().p50()).isCloseTo(trained.metrics().error().p50(), within(1e-6));
        assertThat(EvaluationSummary.of(again).keySet())
                .contains("sessions", "error_m", "nll", "coverage", "sigma_scale", "baselines");
        assertThat(again.baselines())
                .hasSize(6)
                .allSatisfy(b -> assertThat(b.distances()).hasSize(metrics.sessions()));
    }

    @Test
    void aTrainingThatGoesOnIsNotCalledInterruptedAndIsNotBegunTwice() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS)) {
            Services services = Services.of(workspace);
            List<String> said = new ArrayList<>();
            PipelineListener asking = new PipelineListener() {
                private String run = "";

                @Override
                public void run(String runId) {
                    run = runId;
                }

                @Override
                public void begin(Phase phase, long steps) {
                    assertThat(InterruptedRuns.among(
                                    services.tracker().runs(), services.tracker(), services.trainings()))
                            .isEmpty();
                    assertThatThrownBy(() -> new TrainingPipeline(services, NONE).resume(run))
                            .isInstanceOf(PipelineException.class)
                            .hasMessageContaining("run " + run + " is being worked on by process "
                                    + ProcessHandle.current().pid());
                    said.add(services.tracker().run(run).orElseThrow().status().name());
                }
            };

            new TrainingPipeline(services, asking).train(SimulatedWorkspace.settings(1));

            assertThat(said).hasSize(PHASES.size()).containsOnly("RUNNING");
        }
    }

    @Test
    void aPartOfTheSessionsIsLearnedFromAndJudgedOn() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS)) {
            Services services = Services.of(workspace);
            List<Session> all = workspace.catalog().sessions().toList();
            List<String> ids = all.stream().map(Session::id).limit(SESSIONS / 2).toList();
            SessionFilter wanted = SessionFilter.all().withSessions(ids).withStations(List.of("Torino", "Genova"));
            TrainingSettings settings = SimulatedWorkspace.settings(1);
            Watch watch = new Watch(Long.MAX_VALUE);

            TrainingOutcome outcome = new TrainingPipeline(services, watch)
                    .train(settings.withData(settings.data().withFilter(wanted)));

            assertThat(watch.warnings).anySatisfy(w -> assertThat(w).contains("left out", "stations Genova, Torino"));
            assertThat(services.tracker().run(outcome.runId()).orElseThrow().params())
                    .containsEntry("stations", "Genova, Torino");
            assertThat(Files.readString(outcome.report().orElseThrow())).contains("Genova, Torino");
            Judged again =
                    new WorkspaceEvaluation(services.sessions(), outcome.onnx()).on(Split.TEST, PipelineListener.NONE);
            assertThat(again.filter()).isEqualTo(wanted);
            assertThat(EvaluationSummary.of(again.evaluation()))
                    .isEqualTo(EvaluationSummary.of(outcome.evaluation().orElseThrow()));
            Judged everything = new WorkspaceEvaluation(
                            services.sessions(), outcome.onnx(), Optional.of(SessionFilter.all()))
                    .on(Split.TEST, PipelineListener.NONE);
            assertThat(everything.evaluation().estimates().size())
                    .isGreaterThan(again.evaluation().estimates().size());
        }
    }

    @Test
    void aRunOfADeadProcessIsInterruptedAndOneWithoutAFolderIsNot() throws Exception {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 1)) {
            Services services = Services.of(workspace);
            TrackedRun elsewhere = services.tracker().start(RunInfo.of("heimdall", "no training of this workspace"));
            TrackedRun ended = services.tracker().start(RunInfo.of("heimdall", "ended"));
            TrackedRun left = services.tracker().start(RunInfo.of("heimdall", "left"));
            for (TrackedRun run : List.of(ended, left)) {
                TrainingFolder.create(services.trainings(), run.id(), SimulatedWorkspace.settings(1));
            }
            ended.finish(RunStatus.FAILED);
            Process process = LockProcess.start(services.trainings().resolve(left.id()));
            try {
                assertThat(InterruptedRuns.among(services.tracker().runs(), services.tracker(), services.trainings()))
                        .isEmpty();
            } finally {
                process.destroyForcibly().waitFor();
            }
            assertThat(InterruptedRuns.among(services.tracker().runs(), services.tracker(), services.trainings()))
                    .containsExactly(left.id())
                    .doesNotContain(elsewhere.id());
        }
    }

    @Test
    void aNameThatIsNotThereIsRefusedBeforeARunIsBegun() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 3)) {
            Services services = Services.of(workspace);
            TrainingSettings settings = SimulatedWorkspace.settings(1);
            SessionFilter wanted = SessionFilter.all().withStations(List.of("Turin"));

            assertThatThrownBy(() -> new TrainingPipeline(services, PipelineListener.NONE)
                            .train(settings.withData(settings.data().withFilter(wanted))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no station 'Turin'; the catalogue has Aquila di Giaveno, Coazze, Genova");

            assertThat(services.tracker().runs()).isEmpty();
            assertThat(services.trainings()).doesNotExist();
        }
    }

    @Test
    void tooFewSessionsForASplitAreAnErrorThatSaysWhatWasLeftOut() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 12)) {
            TrainingSettings settings = SimulatedWorkspace.settings(1);
            List<String> two =
                    workspace.catalog().sessions().map(Session::id).limit(2).toList();

            assertThatThrownBy(() -> new TrainingPipeline(Services.of(workspace), PipelineListener.NONE)
                            .train(settings.withData(settings.data()
                                    .withFilter(SessionFilter.all().withSessions(two)))))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("too little to learn from: splitting 2 session(s)")
                    .hasMessageContaining("with them 10 whole sessions; wanted are: sessions " + two.get(0));
        }
    }

    @Tag("slow")
    @Test
    void aCancelledTrainingEndsWithTheBitsOfOneThatWasNot() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS)) {
            Services services = Services.of(workspace);
            TrainingSettings settings = SimulatedWorkspace.settings(3);
            String whole = new TrainingPipeline(services, PipelineListener.NONE)
                    .train(settings)
                    .result()
                    .weights()
                    .sha256();

            assertThatThrownBy(() -> new TrainingPipeline(services, new Watch(8)).train(settings))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("--resume");
            TrainingOutcome resumed = new TrainingPipeline(services, PipelineListener.NONE)
                    .resume()
                    .orElseThrow();
            TrainingOutcome again = new TrainingPipeline(services, PipelineListener.NONE)
                    .resume()
                    .orElseThrow();

            assertThat(resumed.result().weights().sha256()).isEqualTo(whole);
            assertThat(resumed.modelVersion()).isEqualTo(2);
            assertThat(again.modelVersion()).isEqualTo(2);
            assertThat(services.tracker().runs()).hasSize(2).allMatch(run -> run.status() == RunStatus.FINISHED);
        }
    }

    @Test
    void aRecordingThatIsGoneIsNamedAndTheRestLearnedFrom() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS)) {
            Session first = workspace.catalog().sessions().findFirst().orElseThrow();
            workspace.objects().delete(first.recordings().get(0).key());
            Watch watch = new Watch(Long.MAX_VALUE);

            TrainingOutcome outcome =
                    new TrainingPipeline(Services.of(workspace), watch).train(SimulatedWorkspace.settings(1));

            assertThat(watch.warnings)
                    .singleElement()
                    .asString()
                    .contains(first.id(), first.measurements().get(0).station().name());
            assertThat(outcome.evaluation()).isPresent();
        }
    }

    @Test
    void anEmptyCatalogueSaysHowToFillIt() throws IOException {
        try (Workspace workspace = Workspace.create(folder.resolve("w"))) {
            Services services = Services.of(workspace);
            assertThatThrownBy(() ->
                            new TrainingPipeline(services, PipelineListener.NONE).train(SimulatedWorkspace.settings(1)))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("heimdall ingest");
            assertThat(services.tracker().runs()).isEmpty();
            assertThat(new TrainingPipeline(services, PipelineListener.NONE)
                            .source()
                            .world())
                    .isEmpty();
        }
    }

    @Test
    void anUnknownBackendIsNotReplaced() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), 4)) {
            Services services = Services.of(workspace);
            assertThatThrownBy(() -> new TrainingPipeline(services, PipelineListener.NONE)
                            .train(SimulatedWorkspace.settings(1).withBackend("torch7")))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("no backend 'torch7'")
                    .hasMessageContaining("djl-pytorch");
            assertThat(services.tracker().runs()).isEmpty();
        }
    }

    @Test
    void aCheckpointCanBeExportedAtAnyTime() throws IOException {
        try (Workspace workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS)) {
            TrainingOutcome outcome = new TrainingPipeline(Services.of(workspace), PipelineListener.NONE)
                    .train(SimulatedWorkspace.settings(2));
            Path best = folder.resolve("out/best.onnx");

            ModelExport.Exported exported = ModelExport.checkpoint(outcome.folder(), best, Backends.preferred());
            Path last = Files.list(outcome.folder().resolve("checkpoints"))
                    .filter(path -> path.getFileName().toString().startsWith("last-"))
                    .findFirst()
                    .orElseThrow();
            ModelExport.Exported certain =
                    ModelExport.checkpoint(last, folder.resolve("last.onnx"), Backends.preferred());

            assertThat(exported.epoch()).isEqualTo(outcome.result().bestEpoch());
            assertThat(exported.weightsSha256())
                    .isEqualTo(outcome.result().weights().sha256());
            assertThat(certain.epoch()).isEqualTo(2);
            assertThat(best).hasSameBinaryContentAs(outcome.onnx());
            assertThatThrownBy(() -> ModelExport.checkpoint(folder.resolve("out"), best, Backends.preferred()))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("model.json");
        }
    }
}
