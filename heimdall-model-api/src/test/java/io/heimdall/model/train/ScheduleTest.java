package io.heimdall.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void warmupCosineRisesInALineAndFallsAlongACosine() {
        var schedule = new Schedule.WarmupCosine(0.2, 0.1);
        assertThat(schedule.factor(1, 100, List.of())).isEqualTo(0.05, within(1e-12));
        assertThat(schedule.factor(20, 100, List.of())).isEqualTo(1, within(1e-12));
        assertThat(schedule.factor(60, 100, List.of())).isEqualTo(0.55, within(1e-12));
        assertThat(schedule.factor(40, 100, List.of()))
                .isEqualTo(0.1 + 0.45 * (1 + Math.cos(Math.PI / 4)), within(1e-12));
        assertThat(schedule.factor(100, 100, List.of())).isEqualTo(0.1, within(1e-12));
    }

    @Test
    void warmupCosineWorksForTheShortestRuns() {
        assertThat(new Schedule.WarmupCosine(0, 0).factor(1, 1, List.of())).isZero();
        assertThat(Schedule.WarmupCosine.DEFAULT.factor(1, 2, List.of())).isBetween(0.0, 1.0);
        assertThat(new Schedule.WarmupCosine(0.9, 0).factor(1, 1, List.of())).isEqualTo(1);
    }

    @Test
    void plateausAreLeftByASmallerRate() {
        var schedule = new Schedule.ReduceOnPlateau(0.5, 1, 0.2);
        assertThat(schedule.factor(1, 9, List.of())).isEqualTo(1);
        assertThat(schedule.factor(1, 9, List.of(-1.0, -1.0))).isEqualTo(1);
        assertThat(schedule.factor(1, 9, List.of(-1.0, -1.0, -0.5))).isEqualTo(0.5);
        assertThat(schedule.factor(1, 9, List.of(-1.0, -1.0, -2.0, -1.0))).isEqualTo(1);
        assertThat(schedule.factor(1, 9, List.of(-1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)))
                .isEqualTo(0.2);
    }

    @Test
    void namesAreListedAndUnknownOnesRefused() {
        assertThat(Schedule.all())
                .allSatisfy(s -> assertThat(Schedule.named(s.name())).isEqualTo(s));
        assertThat(Schedule.named("constant").factor(7, 9, List.of())).isEqualTo(1);
        assertThatThrownBy(() -> Schedule.named("linear"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown schedule 'linear'; there are warmup-cosine, reduce-on-plateau, constant");
    }

    @Test
    void parametersOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Schedule.WarmupCosine(1, 0)).hasMessageContaining("warm-up 1.0");
        assertThatThrownBy(() -> new Schedule.WarmupCosine(0, 2)).hasMessageContaining("floor 2.0");
        assertThatThrownBy(() -> new Schedule.ReduceOnPlateau(1, 0, 0)).hasMessageContaining("decrease 1.0");
        assertThatThrownBy(() -> new Schedule.ReduceOnPlateau(0.5, -1, 0)).hasMessageContaining("patience -1");
        assertThatThrownBy(() -> new Schedule.ReduceOnPlateau(0.5, 1, -1)).hasMessageContaining("floor -1.0");
    }
}
