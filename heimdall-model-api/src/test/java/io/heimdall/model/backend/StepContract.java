package io.heimdall.model.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.heimdall.model.Batch;
import io.heimdall.model.loss.GaussianNll;
import io.heimdall.model.loss.Loss;
import io.heimdall.model.network.LocalizationNet;
import io.heimdall.model.network.NetworkSpec;
import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.optimizer.OptimizerStep;
import io.heimdall.model.output.OutputSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every training backend must do in a step of several batches, on top of {@link SetParityContract}. */
public abstract class StepContract extends SetParityContract {
    private static final NetworkSpec SMALL = LocalizationNet.small(3);
    private static final int ROWS = 4;

    private TrainingSession open() {
        return backend().open(SMALL, new SessionOptions(7, 2, List.of()));
    }

    private static Batch batch(int step) {
        return SyntheticTensors.batch(SMALL, ROWS, "contract.", step);
    }

    private static OptimizerStep settings(int step) {
        return new OptimizerStep(step, 1e-3, 1e-4, 1.0);
    }

    /** Batch norm and dropout are of each part by itself, so a part that comes twice says what it says alone. */
    @Test
    void gradientsOfPartsAreTheirMeanOverTheRows() {
        SessionOptions options = new SessionOptions(7, 2, List.of());
        NetworkSpec still = SMALL.withoutDropout();
        try (TrainingSession once = backend().open(still, options);
                TrainingSession twice = backend().open(still, options)) {
            StepResult alone = once.step(batch(1), new GaussianNll(), settings(1));
            StepResult both = twice.step(List.of(batch(1), batch(1)), new GaussianNll(), settings(1));

            assertThat(both.loss()).isEqualTo(alone.loss(), within(1e-6));
            assertThat(both.gradientNorm()).isEqualTo(alone.gradientNorm(), within(1e-4 * alone.gradientNorm()));
            Map<String, OptimizerState.Moments> moments = once.optimizer().moments();
            twice.optimizer()
                    .moments()
                    .forEach((name, moment) -> assertThat(moment.first())
                            .as(name)
                            .usingComparatorWithPrecision(1e-5f)
                            .containsExactly(moments.get(name).first()));
        }
        try (TrainingSession session = backend().open(still, options);
                TrainingSession parts = backend().open(still, options)) {
            double first = session.step(batch(1), new GaussianNll(), frozen()).loss();
            double second = session.step(batch(2), new GaussianNll(), frozen()).loss();

            assertThat(parts.step(List.of(batch(1), batch(2)), new GaussianNll(), frozen())
                            .loss())
                    .isEqualTo((first + second) / 2, within(1e-6));
        }
    }

    /** A rate of nothing: the weights stay, and the loss of the next batch is that of the same weights. */
    private static OptimizerStep frozen() {
        return new OptimizerStep(1, 0, 0, 1.0);
    }

    @Test
    void measuresThePartsOfAStep() {
        try (TrainingSession session = open()) {
            assertThat(session.times()).isEqualTo(StepTimes.NONE);
            for (List<Batch> parts : List.of(List.of(batch(1)), List.of(batch(1), batch(2)))) {
                long begun = System.nanoTime();
                session.step(parts, new GaussianNll(), settings(1));
                Duration took = Duration.ofNanos(System.nanoTime() - begun);

                StepTimes times = session.times();
                assertThat(List.of(times.forward(), times.loss(), times.backward(), times.update()))
                        .allMatch(time -> !time.isNegative() && !time.isZero());
                assertThat(times.forward()
                                .plus(times.loss())
                                .plus(times.backward())
                                .plus(times.update()))
                        .isLessThanOrEqualTo(took);
            }
        }
    }

    @Test
    void aPartWithoutAFiniteLossMovesNothing() {
        try (TrainingSession session = open()) {
            String before = trained(session);
            StepResult result =
                    session.step(List.of(batch(1), batch(2)), new LostLoss(new AtomicInteger()), settings(1));

            assertThat(result.finite()).isFalse();
            assertThat(trained(session)).isEqualTo(before);
            assertThat(session.optimizer().step()).isZero();
        }
    }

    /** Gives no number for the second batch. */
    private record LostLoss(AtomicInteger batches) implements Loss {
        @Override
        public String name() {
            return "lost";
        }

        @Override
        public boolean fits(OutputSpec output) {
            return true;
        }

        @Override
        public double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient) {
            double value = new GaussianNll().evaluate(output, numbers, targets, gradient);
            return batches.incrementAndGet() == 2 ? Double.NaN : value;
        }
    }

    private static String trained(TrainingSession session) {
        StringBuilder text = new StringBuilder();
        session.weights().tensors().forEach((name, tensor) -> {
            if (!name.contains("running")) {
                text.append(name).append(Arrays.hashCode(tensor.values()));
            }
        });
        return text.toString();
    }
}
