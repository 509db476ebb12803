package io.heimdall.pipeline.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.heimdall.pipeline.training.TrainingSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SweepPlanTest {
    private static SweepPlan plan(int threads, long seed) {
        TrainingSettings base = TrainingSettings.seeded(1);
        return new SweepPlan(
                base.withPlan(base.plan().withEpochs(3)).withData(base.data().withThreads(threads)),
                new Space(Map.of("patience", new Dimension.Values(List.of(1L, 2L)))),
                Choice.SOBOL,
                seed,
                new Asha(List.of(1, 3), 3),
                2);
    }

    @Test
    void aMachineWithOtherProcessorsAsksForTheSameSweep() {
        String definition = plan(2, 1).begun(List.of()).definition();

        assertThat(plan(16, 1).isDefinedBy(definition)).isTrue();
        assertThat(plan(2, 5).isDefinedBy(definition)).isFalse();
        assertThat(plan(2, 1).isDefinedBy("{}")).isFalse();
    }

    @Test
    void theLastTrainingHasTheThreadsOfItsWorker() {
        Map<String, Object> values = Map.of("patience", 2L);

        assertThat(plan(16, 1).finalSettings(values, Optional.of(4)).data().threads())
                .isEqualTo(4);
        assertThat(plan(16, 1).finalSettings(values, Optional.empty()).data().threads())
                .isEqualTo(16);
    }
}
