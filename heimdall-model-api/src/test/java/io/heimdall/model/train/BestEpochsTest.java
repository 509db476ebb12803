package io.heimdall.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.FloatTensor;
import io.heimdall.model.train.TrainingResult.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestEpochsTest {
    private static final SampleSource TRAINING = LinearTask.samples(45, 1);
    private static final SampleSource VALIDATION = LinearTask.samples(20, 2);

    @TempDir
    Path folder;

    private TrainingResult trained(String name, TrainingPlan plan, TrainingListener listener) {
        return new Trainer(plan, Checkpoints.in(folder.resolve(name)), listener)
                .resume(LinearTask.session(), TRAINING, VALIDATION);
    }

    private TrainingResult trained(String name, TrainingPlan plan) {
        return trained(name, plan, TrainingListener.NONE);
    }

    private static TrainingPlan plan(EpochMetric by, int keep) {
        return LinearTask.PLAN.withEpochs(8).withBest(new BestEpochs(by, keep));
    }

    private List<String> names(String name) throws IOException {
        try (Stream<Path> paths = Files.list(folder.resolve(name))) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> expected(TrainingResult result, EpochMetric by, int keep) {
        List<Integer> ranked = result.history().stream()
                .sorted(Comparator.comparingDouble(epoch -> by.of(epoch).getAsDouble()))
                .map(EpochMetrics::epoch)
                .limit(keep)
                .toList();
        TreeSet<String> names = new TreeSet<>(List.of("last-000008"));
        for (int epoch : ranked) {
            names.add(String.format(epoch == ranked.get(0) ? "best-%06d" : "kept-%06d", epoch));
        }
        return List.copyOf(names);
    }

    @Test
    void keepsTheCheckpointsOfTheBestEpochsByAnyMetric() throws IOException {
        for (EpochMetric by : BestEpochs.METRICS) {
            TrainingResult result = trained(by.key(), plan(by, 3));

            assertThat(names(by.key())).isEqualTo(expected(result, by, 3));
            assertThat(Checkpoints.in(folder.resolve(by.key()))
                            .best()
                            .orElseThrow()
                            .epoch())
                    .isEqualTo(result.bestEpoch());
        }
    }

    @Test
    void theErrorIsTheMeanDistanceOfTheMeansFromThePlaces() {
        TrainingResult result = trained("error", plan(EpochMetric.VALIDATION_ERROR, 1));
        LinearSession session = LinearTask.session();
        session.load(result.weights());
        double sum = 0;
        try (BatchCursor batches = VALIDATION.open(Shuffle.identity(20), 20, 0)) {
            var batch = batches.next();
            FloatTensor outputs = session.predict(batch.inputs());
            for (int row = 0; row < 20; row++) {
                sum += Math.hypot(
                        outputs.values()[4 * row] - batch.targets().values()[2 * row],
                        outputs.values()[4 * row + 1] - batch.targets().values()[2 * row + 1]);
            }
        }

        assertThat(result.history().get(result.bestEpoch() - 1).validationError())
                .hasValueCloseTo(sum / 20, within(1e-6));
        assertThat(trained("plain", LinearTask.PLAN).history())
                .allMatch(epoch -> epoch.validationError().isEmpty());
    }

    @Test
    void theRunStopsWhenTheNamedMetricNoLongerImproves() {
        TrainingPlan plan =
                plan(EpochMetric.VALIDATION_ERROR, 1).withEpochs(200).withPatience(2);
        TrainingResult result = trained("stopped", plan);

        assertThat(result.end()).isEqualTo(End.STOPPED_EARLY);
        assertThat(result.history()).hasSize(result.bestEpoch() + 2);
        double best =
                result.history().get(result.bestEpoch() - 1).validationError().getAsDouble();
        assertThat(result.history()).allMatch(epoch -> epoch.validationError().getAsDouble() >= best);
    }

    @Test
    void aRunBrokenOffAtAnyStepKeepsTheSameEpochs() throws IOException {
        TrainingPlan plan = plan(EpochMetric.TRAINING_LOSS, 3);
        TrainingResult whole = trained("whole", plan);
        for (int at : new int[] {7, 20, 40}) {
            TrainingListener breaking = new TrainingListener() {
                @Override
                public void stepDone(StepProgress progress) {
                    if (progress.step() == at) {
                        throw new IllegalStateException("broken off");
                    }
                }
            };
            String name = "broken-" + at;
            assertThatThrownBy(() -> trained(name, plan, breaking)).hasMessage("broken off");

            assertThat(trained(name, plan).weights()).isEqualTo(whole.weights());
            assertThat(names(name)).isEqualTo(names("whole"));
        }
    }

    @Test
    void refusesWhatCannotJudgeAndNoCheckpoint() {
        assertThatThrownBy(() -> new BestEpochs(EpochMetric.SECONDS, 1)).hasMessageContaining("judged by seconds");
        assertThatThrownBy(() -> new BestEpochs(EpochMetric.TRAINING_LOSS, 0)).hasMessageContaining("keep 0");
        assertThat(LinearTask.PLAN.settings()).doesNotContainKeys("keep", "stop_by");
        assertThat(plan(EpochMetric.TRAINING_LOSS, 2).settings())
                .containsEntry("keep", "2")
                .containsEntry("stop_by", "training_loss");
    }
}
