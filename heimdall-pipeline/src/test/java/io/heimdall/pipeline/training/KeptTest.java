package io.heimdall.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.model.train.TrainingResult;
import io.heimdall.model.weights.Weights;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class KeptTest {
    private static final TrainingSettings SETTINGS =
            TrainingSettings.seeded(1).withPlan(TrainingPlan.seeded(1).withRates(4e-3, 1e-4));
    private static final TrainingPlan REFINING = SETTINGS.plan().withRates(8e-4, 1e-4);

    private static TrainingResult result(int best, OptionalDouble nll) {
        EpochMetrics first =
                new EpochMetrics(1, 10, 3, 1, 1e-3, OptionalDouble.of(9), OptionalDouble.empty(), Duration.ZERO);
        EpochMetrics second = new EpochMetrics(2, 20, 2, 1, 1e-3, nll, OptionalDouble.empty(), Duration.ZERO);
        return new TrainingResult(TrainingResult.End.COMPLETED, best, new Weights(Map.of()), List.of(first, second));
    }

    @Test
    void theLossIsThatOfTheWeights() {
        TrainingResult pretraining = result(2, OptionalDouble.of(1.25));
        TrainingResult refined = result(2, OptionalDouble.of(1.5));

        assertThat(Kept.best(refined, REFINING).loss()).isEqualTo(1.5);
        assertThat(Kept.best(refined, REFINING).arePretrained()).isFalse();
        Kept kept = Kept.pretrained(pretraining, refined, REFINING);
        assertThat(kept.loss()).isEqualTo(1.25);
        assertThat(kept.result().bestEpoch()).isZero();
        assertThat(kept.arePretrained()).isTrue();
    }

    @Test
    void withoutValidationTheLossIsThatOfTraining() {
        assertThat(Kept.best(result(2, OptionalDouble.empty()), REFINING).loss())
                .isEqualTo(2);
    }

    @Test
    void theLearningRateAfterAPretrainingIsAParameter() {
        TrainingResult result = result(2, OptionalDouble.empty());

        assertThat(Kept.best(result, REFINING).parameters(SETTINGS))
                .containsAllEntriesOf(TrainingFields.table().parameters(SETTINGS))
                .containsEntry("refining_learning_rate", "8.0E-4");
        assertThat(Kept.best(result, SETTINGS.plan()).parameters(SETTINGS))
                .isEqualTo(TrainingFields.table().parameters(SETTINGS));
    }
}
