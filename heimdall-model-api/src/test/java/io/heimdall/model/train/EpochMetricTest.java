package io.heimdall.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EpochMetricTest {
    private static List<String> names(EpochMetric metric) {
        return List.of(metric.key(), metric.series(), metric.pretrainingSeries());
    }

    /** Checkpoints, answers of the service and records of runs that exist have these. */
    @Test
    void namesStayAsTheyAre() {
        assertThat(Arrays.stream(EpochMetric.values()).map(EpochMetricTest::names))
                .containsExactly(
                        List.of("training_loss", "train/loss", "pretrain/loss"),
                        List.of("gradient_norm", "train/gradient_norm", "pretrain/gradient_norm"),
                        List.of("learning_rate", "train/learning_rate", "pretrain/learning_rate"),
                        List.of("seconds", "train/seconds", "pretrain/seconds"),
                        List.of("validation_nll", "validation/nll", "pretrain/validation_nll"),
                        List.of("validation_error", "validation/error", "pretrain/validation_error"));
    }

    @Test
    void noTwoSeriesHaveOneName() {
        assertThat(Arrays.stream(EpochMetric.values())
                        .flatMap(metric -> Stream.of(metric.series(), metric.pretrainingSeries())))
                .doesNotHaveDuplicates();
    }

    @Test
    void eachIsReadFromTheEpoch() {
        EpochMetrics epoch = new EpochMetrics(
                1, 10, 2.5, 0.5, 1e-3, OptionalDouble.empty(), OptionalDouble.empty(), Duration.ofMillis(1500));

        assertThat(EpochMetric.TRAINING_LOSS.of(epoch)).hasValue(2.5);
        assertThat(EpochMetric.GRADIENT_NORM.of(epoch)).hasValue(0.5);
        assertThat(EpochMetric.LEARNING_RATE.of(epoch)).hasValue(1e-3);
        assertThat(EpochMetric.SECONDS.of(epoch)).hasValue(1.5);
        assertThat(EpochMetric.VALIDATION_NLL.of(epoch)).isEmpty();
        assertThat(EpochMetric.VALIDATION_ERROR.of(epoch)).isEmpty();
    }
}
