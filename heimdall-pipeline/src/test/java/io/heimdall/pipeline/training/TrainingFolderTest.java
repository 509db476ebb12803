package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.heimdall.dataset.Band;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.QualityLimits;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.split.GroupBy;
import io.heimdall.model.loss.Losses;
import io.heimdall.model.train.BestEpochs;
import io.heimdall.model.train.EpochMetric;
import io.heimdall.model.train.Schedule;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.WeightUpdates;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.data.DataSettings;
import io.heimdall.pipeline.data.LayoutChoice;
import io.heimdall.pipeline.input.Augmentation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingFolderTest {
    @TempDir
    Path trainings;

    @ParameterizedTest
    @MethodSource("io.heimdall.model.loss.Losses#names")
    void settingsComeBackAsTheyWere(String loss) throws IOException {
        TrainingPlan plan = new TrainingPlan(
                7,
                9,
                0.0123456789012345,
                0,
                Double.POSITIVE_INFINITY,
                Losses.named(loss),
                Schedule.named("constant"),
                3,
                2,
                0.1,
                new BestEpochs(EpochMetric.VALIDATION_ERROR, 2),
                new WeightUpdates(5, OptionalDouble.of(0.9)),
                Long.MIN_VALUE);
        TrainingSettings settings = new TrainingSettings(
                plan,
                new DataSettings(
                        SessionFilter.all()
                                .withSessions(List.of("b", "a"))
                                .with(Period.between(Instant.EPOCH, Instant.parse("2026-11-24T10:00:00Z")))
                                .with(Band.ofHz(1, 2))
                                .withStations(List.of("Torino"))
                                .withTrainingDataset("spring")
                                .with(new QualityLimits(OptionalDouble.of(9.5), OptionalDouble.of(0.001))),
                        Optional.of(GroupBy.CELL),
                        OptionalInt.of(7),
                        77,
                        LayoutChoice.SINGLE_RECEIVER,
                        3),
                new Augmentation(1.5, 0.25, true),
                "small",
                Pretraining.ofSteps(250),
                Optional.of(Path.of("/weights/resnet18.pth")),
                Optional.of("0123456789abcdef"),
                Optional.of("djl-pytorch"),
                "a model",
                "an experiment");

        TrainingFolder made = TrainingFolder.create(trainings, "abc", settings);

        assertThat(TrainingFolder.all(trainings)).containsExactly(made);
        assertThat(made.settings()).isEqualTo(settings);
        made.finish();
        assertThat(TrainingFolder.all(trainings).get(0).finished()).isTrue();
    }

    /** Puts the state of a training that release 0.1.0 began before its settings came from a table. */
    static Path firstFormat(Path trainings) throws IOException {
        try (InputStream state = TrainingFolderTest.class.getResourceAsStream("training-format-1.json")) {
            Files.copy(state, Files.createDirectories(trainings.resolve("old")).resolve("training.json"));
        }
        return trainings;
    }

    @Test
    void theFirstFormatIsRead() throws IOException {
        TrainingSettings usual = TrainingSettings.seeded(5);
        TrainingFolder old = TrainingFolder.all(firstFormat(trainings)).get(0);

        assertThat(old.finished()).isTrue();
        assertThat(old.begun()).isEqualTo(Instant.parse("2026-11-29T17:23:31.197823195Z"));
        assertThat(old.settings())
                .isEqualTo(usual.withPlan(usual.plan()
                                .withEpochs(1)
                                .withBatchSize(8)
                                .withClipNorm(Double.POSITIVE_INFINITY)
                                .withLoss(Losses.named("huber"))
                                .withSchedule(Schedule.named("constant")))
                        .withData(new DataSettings(
                                SessionFilter.all()
                                        .withStations(List.of("Genova", "Torino"))
                                        .with(new Period(
                                                Optional.of(Instant.parse("2026-01-01T00:00:00Z")), Optional.empty())),
                                Optional.of(GroupBy.CELL),
                                OptionalInt.empty(),
                                5,
                                LayoutChoice.SINGLE_RECEIVER,
                                2))
                        .withAugmentation(new Augmentation(1.5, 2, true))
                        .withNetwork("small")
                        .withBackend("djl-pytorch"));
    }

    @Test
    void theFolderOfAReleaseThatFilteredByQualityAloneIsRead() throws IOException {
        Path state = firstFormat(trainings).resolve("old").resolve("training.json");
        ObjectNode old = (ObjectNode) new JsonMapper().readTree(Files.readAllBytes(state));
        ObjectNode data = (ObjectNode) old.get("data");
        data.retain("seed", "layout", "threads");
        data.put("min_snr_db", 9.5);
        ((ObjectNode) old.get("plan")).put("clip_norm", "1.0");
        old.remove("pretrain");
        Files.writeString(state, old.toString());

        TrainingSettings settings = TrainingFolder.all(trainings).get(0).settings();
        assertThat(settings.data().filter()).isEqualTo(SessionFilter.all().with(QualityLimits.ofSnrDb(9.5)));
        assertThat(settings.plan().clipNorm()).isEqualTo(1);
        assertThat(settings.pretraining()).isEqualTo(Pretraining.OFF);
    }

    @Test
    void theLatestComesFirstAndWhatIsNoTrainingIsPassedOver() throws IOException {
        TrainingSettings settings = SimulatedWorkspace.settings(1);
        TrainingFolder.create(trainings, "first", settings);
        TrainingFolder.create(trainings, "second", settings);
        Files.createDirectories(trainings.resolve("killed-before-its-first-word"));

        assertThat(TrainingFolder.all(trainings))
                .extracting(TrainingFolder::runId)
                .containsExactly("second", "first");
        assertThat(TrainingFolder.all(trainings.resolve("missing"))).isEmpty();
    }

    @Test
    void aDamagedStateIsNamed() throws IOException {
        TrainingFolder folder = TrainingFolder.create(trainings, "abc", SimulatedWorkspace.settings(1));
        Files.writeString(folder.path().resolve("training.json"), "{\"format\": 99}");

        assertThatThrownBy(() -> TrainingFolder.all(trainings))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("training.json")
                .hasMessageContaining("format 99");
        Files.writeString(folder.path().resolve("training.json"), "{\"format\": 2}");
        assertThatThrownBy(() -> TrainingFolder.all(trainings)).hasMessageContaining("it has no object 'settings'");
    }

    @Test
    void aDamagedModelDescriptionIsNamed() throws IOException {
        Files.writeString(trainings.resolve("model.json"), "{\"format\": 1, \"network\": \"small\", \"channels\": 3}");

        assertThatThrownBy(() -> TrainedModelJson.read(trainings))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("model.json");
    }

    @Test
    void theCommitIsReadFromLooseAndPackedReferences() throws IOException {
        String hash = "0123456789abcdef0123456789abcdef01234567";
        Path git = Files.createDirectories(trainings.resolve(".git"));
        Files.writeString(git.resolve("HEAD"), hash + "\n");
        assertThat(GitCommit.of(git)).contains(hash);

        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("packed-refs"), "# pack-refs\n" + hash + " refs/heads/main\n");
        assertThat(GitCommit.of(git)).contains(hash);

        Files.createDirectories(git.resolve("refs/heads"));
        Files.writeString(git.resolve("refs/heads/main"), hash.replace('0', 'f') + "\n");
        assertThat(GitCommit.of(git)).contains(hash.replace('0', 'f'));

        Files.writeString(git.resolve("HEAD"), "ref: ../../outside\n");
        assertThat(GitCommit.of(git)).isEmpty();
    }
}
