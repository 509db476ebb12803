package io.heimdall.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.weights.Weights;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightAverageTest {
    private static final String WEIGHT = "linear.weight";
    private static final double DECAY = 0.8;
    private static final SampleSource TRAINING = LinearTask.samples(45, 1);
    private static final SampleSource VALIDATION = LinearTask.samples(20, 2);
    private static final TrainingPlan PLAN =
            LinearTask.PLAN.withUpdates(WeightUpdates.PLAIN.averaging(OptionalDouble.of(DECAY)));

    @TempDir
    Path folder;

    private TrainingResult trained(String name, TrainingPlan plan, SampleSource validation) {
        return new Trainer(plan, Checkpoints.in(folder.resolve(name)), TrainingListener.NONE)
                .resume(LinearTask.session(), TRAINING, validation);
    }

    private Checkpoint last(String name) {
        return Checkpoints.in(folder.resolve(name)).last().orElseThrow();
    }

    /** Computes the average by its definition, after each step, in double precision. */
    private static final class Definition implements TrainingListener {
        private final LinearSession session;
        private final Map<Integer, Double> afterEpoch = new HashMap<>();
        private double average;

        Definition(LinearSession session) {
            this.session = session;
            average = first(session.weights());
        }

        @Override
        public void stepDone(StepProgress progress) {
            long n = progress.step();
            double d = Math.min(DECAY, (1.0 + n) / (10.0 + n));
            average = d * average + (1 - d) * first(session.weights());
            afterEpoch.put(progress.epoch(), average);
        }
    }

    private static double first(Weights weights) {
        return weights.tensors().get(WEIGHT).values()[0];
    }

    @Test
    void theWeightsThatAreKeptAreTheAverage() {
        LinearSession session = LinearTask.session();
        Definition definition = new Definition(session);
        TrainingResult result =
                new Trainer(PLAN, Checkpoints.in(folder), definition).fit(session, TRAINING, VALIDATION);

        assertThat(first(result.weights())).isEqualTo(definition.afterEpoch.get(result.bestEpoch()), within(1e-5));
        assertThat(session.weights()).isEqualTo(result.weights());
        assertThat(Checkpoints.in(folder).best().orElseThrow().weights()).isEqualTo(result.weights());
    }

    @Test
    void theCourseOfTheWeightsIsThatWithoutAnAverage() {
        TrainingResult plain = trained("plain", LinearTask.PLAN, VALIDATION);
        TrainingResult averaged = trained("averaged", PLAN, VALIDATION);

        assertThat(last("averaged").weights()).isEqualTo(last("plain").weights());
        assertThat(last("plain").average()).isEmpty();
        assertThat(averaged.weights()).isNotEqualTo(plain.weights());
        assertThat(averaged.history().get(0).validationNll())
                .isNotEqualTo(plain.history().get(0).validationNll());
        assertThat(averaged.history().get(0).trainingLoss())
                .isEqualTo(plain.history().get(0).trainingLoss());
    }

    @Test
    void aRunBrokenOffAtAnyStepEndsWithTheSameBits() {
        TrainingResult whole = trained("whole", PLAN, VALIDATION);
        for (int at : new int[] {1, 6, 7, 20}) {
            String name = "broken-" + at;
            var breaking = new TrainingListener() {
                @Override
                public void stepDone(StepProgress progress) {
                    if (progress.step() == at) {
                        throw new IllegalStateException("broken off");
                    }
                }
            };
            Trainer trainer = new Trainer(PLAN, Checkpoints.in(folder.resolve(name)), breaking);
            assertThatThrownBy(() -> trainer.fit(LinearTask.session(), TRAINING, VALIDATION))
                    .hasMessage("broken off");

            assertThat(trained(name, PLAN, VALIDATION).weights()).isEqualTo(whole.weights());
            assertThat(last(name).average()).isEqualTo(last("whole").average());
        }
    }

    @Test
    void withoutValidationTheLastAverageIsKept() {
        SampleSource none = LinearTask.samples(0, 1);
        TrainingResult result = trained("none", PLAN, none);

        assertThat(result.weights()).isEqualTo(last("none").average().orElseThrow());
        assertThat(trained("none", PLAN, none)).isEqualTo(result);
    }

    @Test
    void refusesADecayThatAveragesNothing() {
        for (double decay : new double[] {0, 1, -1, Double.NaN}) {
            assertThatThrownBy(() -> WeightUpdates.PLAIN.averaging(OptionalDouble.of(decay)))
                    .hasMessageContaining("is not above 0 and below 1");
        }
        assertThat(PLAN.settings()).containsEntry("ema", "0.8");
        assertThat(LinearTask.PLAN.settings()).doesNotContainKey("ema");
    }
}
