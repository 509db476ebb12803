package io.heimdall.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccumulationTest {
    private static final SampleSource TRAINING = LinearTask.samples(45, 1);
    private static final SampleSource VALIDATION = LinearTask.samples(20, 2);
    /** Batches of 8: six an epoch, the last one of 5. */
    private static final TrainingPlan PLAN = LinearTask.PLAN.withBatchSize(8);

    @TempDir
    Path folder;

    private TrainingResult trained(String name, int accumulate, TrainingListener listener) {
        TrainingPlan plan = PLAN.withUpdates(WeightUpdates.PLAIN.accumulating(accumulate));
        return new Trainer(plan, Checkpoints.in(folder.resolve(name)), listener)
                .resume(LinearTask.session(), TRAINING, VALIDATION);
    }

    @Test
    void anUpdateIsMadeOfSoManyBatchesAndTheLastOfAnEpochOfTheRest() {
        List<StepProgress> steps = new ArrayList<>();
        TrainingListener counting = new TrainingListener() {
            @Override
            public void stepDone(StepProgress progress) {
                steps.add(progress);
            }
        };
        TrainingResult result = trained("four", 4, counting);

        assertThat(steps).hasSize(2 * PLAN.epochs());
        assertThat(steps).allMatch(step -> step.stepsPerEpoch() == 2);
        assertThat(result.history()).hasSize(PLAN.epochs());
        assertThat(result.history().get(0).trainingLoss()).isFinite();
        assertThat(result.weights())
                .isNotEqualTo(trained("one", 1, TrainingListener.NONE).weights());
    }

    @Test
    void aRunBrokenOffEndsWithTheSameBits() {
        TrainingResult whole = trained("whole", 3, TrainingListener.NONE);
        TrainingListener breaking = new TrainingListener() {
            @Override
            public void stepDone(StepProgress progress) {
                if (progress.step() == 5) {
                    throw new IllegalStateException("broken off");
                }
            }
        };
        assertThatThrownBy(() -> trained("broken", 3, breaking)).hasMessage("broken off");

        assertThat(trained("broken", 3, TrainingListener.NONE).weights()).isEqualTo(whole.weights());
    }

    @Test
    void refusesUpdatesOfNothing() {
        assertThatThrownBy(() -> WeightUpdates.PLAIN.accumulating(0)).hasMessageContaining("accumulate 0");
        assertThat(PLAN.withUpdates(WeightUpdates.PLAIN.accumulating(2)).settings())
                .containsEntry("accumulate", "2");
        assertThat(PLAN.settings()).doesNotContainKey("accumulate");
    }
}
