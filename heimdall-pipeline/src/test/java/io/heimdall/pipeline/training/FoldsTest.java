package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.dataset.Session;
import io.heimdall.dataset.Workspace;
import io.heimdall.dataset.sample.FeatureCache;
import io.heimdall.dataset.split.FoldRule;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.dataset.split.Split;
import io.heimdall.export.OnnxModel;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.input.TensorSpec;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.evaluation.Evaluation;
import io.heimdall.pipeline.evaluation.EvaluationSummary;
import io.heimdall.pipeline.evaluation.WorkspaceEvaluation;
import io.heimdall.pipeline.prediction.Estimate;
import io.heimdall.pipeline.prediction.SessionLocalizer;
import io.heimdall.tracking.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training whose members each learn outside of a fold. */
class FoldsTest {
    private static final int SESSIONS = 60;
    private static final int FOLDS = 3;
    private static final int EPOCHS = 2;

    @TempDir
    static Path folder;

    private static Workspace workspace;
    private static Services services;
    private static Watch watch;
    private static TrainingOutcome whole;

    /** Notes members, phases and epochs; cancels in a member's second epoch. */
    private static final class Watch implements PipelineListener {
        private final List<String> seen = new ArrayList<>();
        private final List<Integer> epochs = new ArrayList<>();
        private final int lastMember;

        Watch(int lastMember) {
            this.lastMember = lastMember;
        }

        @Override
        public void member(int number, int members) {
            seen.add("member " + number + " of " + members);
        }

        @Override
        public void begin(Phase phase, long steps) {
            seen.add(phase.name());
        }

        @Override
        public void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {
            epochs.add(metrics.epoch());
        }

        @Override
        public boolean cancelled() {
            return epochs.contains(EPOCHS * lastMember + 1);
        }
    }

    private static TrainingSettings settings() {
        TrainingSettings plain = SimulatedWorkspace.settings(EPOCHS);
        return plain.withData(plain.data().withFolds(FOLDS));
    }

    @BeforeAll
    static void train() throws IOException {
        workspace = SimulatedWorkspace.create(folder.resolve("w"), SESSIONS);
        services = Services.of(workspace);
        watch = new Watch(FOLDS);
        whole = new TrainingPipeline(services, watch).train(settings());
    }

    @AfterAll
    static void close() throws IOException {
        services.close();
        workspace.close();
    }

    private static List<Session> sessions() {
        try (Stream<Session> all = services.catalog().sessions()) {
            return all.toList();
        }
    }

    private static SessionLocalizer localizer(Path onnx) throws IOException {
        return SessionLocalizer.open(onnx, services.objects(), new FeatureCache(services.featureCache()));
    }

    private static Evaluation evaluation() {
        return whole.evaluation().orElseThrow();
    }

    @Test
    void everySessionIsJudged() {
        assertThat(EvaluationSummary.of(evaluation())).containsEntry("sessions", SESSIONS);
        assertThat(evaluation().estimates().stream().map(Estimate::sessionId))
                .containsExactlyInAnyOrderElementsOf(
                        sessions().stream().map(Session::id).toList());
        assertThat(evaluation().baselines())
                .hasSizeGreaterThan(3)
                .allMatch(method -> method.answers().size() == SESSIONS);
    }

    /** The members' own files tell what each of them says. */
    @Test
    void eachSessionIsJudgedByTheMemberThatHasNotSeenIt() throws IOException {
        FoldRule rule = new FoldRule(GroupBy.SOURCE, 1, FOLDS);
        Map<String, Estimate> judged =
                evaluation().estimates().stream().collect(Collectors.toMap(Estimate::sessionId, Function.identity()));
        for (int fold = 0; fold < FOLDS; fold++) {
            int member = fold;
            List<Session> own =
                    sessions().stream().filter(s -> rule.of(s) == member).toList();
            assertThat(own).isNotEmpty();
            try (SessionLocalizer localizer =
                    localizer(whole.folder().resolve("member-" + (fold + 1) + "/model.onnx"))) {
                for (Estimate estimate : localizer.locate(own, done -> {})) {
                    Estimate of = judged.get(estimate.sessionId());
                    assertThat(of.location().latitude())
                            .isCloseTo(estimate.location().latitude(), within(1e-4));
                    assertThat(of.location().longitude())
                            .isCloseTo(estimate.location().longitude(), within(1e-4));
                }
            }
        }
    }

    @Test
    void theModelIsTheMixtureOfItsMembersInOneFile() throws IOException {
        try (OnnxModel model = OnnxModel.open(whole.onnx())) {
            assertThat(model.inputs()).containsExactly(TensorSpec.floats("mel_spectrogram", 7, 128, 32));
            assertThat(model.description().output().text()).isEqualTo("normal-mixture " + FOLDS);
            assertThat(model.metadata())
                    .containsEntry("split_rule", "by=source seed=1 folds=3")
                    .containsEntry(
                            "heimdall.weights_sha256", whole.result().weights().sha256());
        }
        try (SessionLocalizer localizer = localizer(whole.onnx())) {
            Estimate any = localizer.locate(sessions(), done -> {}).get(0);
            assertThat(any.location().density().components())
                    .hasSize(FOLDS)
                    .allMatch(part -> Math.abs(part.weight() - 1.0 / FOLDS) < 1e-6);
        }
    }

    @Tag("slow")
    @Test
    void anEvaluationOfTheFileIsTheTrainings() throws IOException {
        WorkspaceEvaluation again = new WorkspaceEvaluation(services.sessions(), whole.onnx());
        assertThat(EvaluationSummary.of(
                        again.on(Split.TEST, PipelineListener.NONE).evaluation()))
                .isEqualTo(EvaluationSummary.of(evaluation()));
        assertThatThrownBy(() -> again.on(Split.VALIDATION, PipelineListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 members")
                .hasMessageContaining("no validation split");
        Path member = whole.folder().resolve("member-1/model.onnx");
        assertThatThrownBy(() ->
                        new WorkspaceEvaluation(services.sessions(), member).on(Split.TEST, PipelineListener.NONE))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("is a member of an ensemble by itself");
    }

    @Test
    void progressTellsTheMemberAndCountsItsEpochsOn() {
        assertThat(watch.seen)
                .filteredOn(word -> !word.equals("EXPORT"))
                .containsExactly(
                        "LOAD",
                        "SPLIT",
                        "member 1 of 3",
                        "TRAIN",
                        "member 2 of 3",
                        "TRAIN",
                        "member 3 of 3",
                        "TRAIN",
                        "member 0 of 3",
                        "UPLOAD",
                        "REGISTER",
                        "REPORT");
        assertThat(watch.epochs).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(whole.result().history()).extracting(EpochMetrics::epoch).containsExactly(1, 2, 3, 4, 5, 6);
        RunSummary run = services.tracker().run(whole.runId()).orElseThrow();
        assertThat(run.params()).containsEntry("folds", "3");
        assertThat(run.metrics()).containsKeys("member-1/train/loss", "member-3/validation/nll", "test/error_p50_m");
    }

    @Test
    void membersBeginWithOtherWeights() {
        assertThat(whole.members().stream().map(member -> member.weights().sha256()))
                .hasSize(FOLDS)
                .doesNotHaveDuplicates();
    }

    @Tag("slow")
    @Test
    void isStoppedAndResumedToTheSameBitsWithoutTrainingAFinishedMemberAgain() throws IOException {
        assertThatThrownBy(() -> new TrainingPipeline(services, new Watch(1)).train(settings()))
                .isInstanceOf(CancellationException.class);
        TrainingFolder training = TrainingFolder.all(services.trainings()).get(0);
        Path early = folder.resolve("early.onnx");
        assertThatThrownBy(() -> ModelExport.checkpoint(training.path(), early, Backends.preferred()))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("some members of this ensemble are not trained yet");

        Watch going = new Watch(FOLDS);
        TrainingOutcome resumed =
                new TrainingPipeline(services, going).resume(training.runId()).orElseThrow();
        assertThat(going.seen).contains("member 2 of 3").doesNotContain("member 1 of 3");
        assertThat(resumed.result().weights().sha256())
                .isEqualTo(whole.result().weights().sha256());
        assertThat(EvaluationSummary.of(resumed.evaluation().orElseThrow()))
                .isEqualTo(EvaluationSummary.of(evaluation()));

        Watch again = new Watch(FOLDS);
        byte[] before = Files.readAllBytes(resumed.onnx());
        new TrainingPipeline(services, again).resume(training.runId()).orElseThrow();
        assertThat(again.seen).doesNotContain("TRAIN");
        assertThat(resumed.onnx()).hasBinaryContent(before);
    }

    @Test
    void theEnsembleCanBeExportedAgain() throws IOException {
        Path again = folder.resolve("again.onnx");
        ModelExport.Exported exported = ModelExport.checkpoint(whole.folder(), again, Backends.preferred());
        assertThat(exported.members()).isEqualTo(FOLDS);
        assertThat(exported.weightsSha256()).isEqualTo(whole.result().weights().sha256());
        assertThat(again).hasSameBinaryContentAs(whole.onnx());
    }
}
