package io.heimdall.model.backend;

import io.heimdall.model.loss.Loss;
import io.heimdall.model.output.OutputSpec;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Measures the parts of a step by the calls that an engine makes in between: of the loss, and of the update. */
final class StepWatch {
    private long since = System.nanoTime();
    private long forward;
    private long loss;
    private long backward;
    private long update;

    /** Tells that an engine begins with a batch. */
    void begin() {
        since = System.nanoTime();
    }

    /** Returns the same loss, which ends the time of the forward pass. */
    Loss watched(Loss watched) {
        return new WatchedLoss(watched, this);
    }

    private double evaluated(DoubleSupplier work) {
        forward += lap();
        double value = work.getAsDouble();
        loss += lap();
        return value;
    }

    /** Does the update, which ends the time of the backward pass. */
    double updated(DoubleSupplier work) {
        backward += lap();
        double norm = work.getAsDouble();
        update += lap();
        return norm;
    }

    private long lap() {
        long now = System.nanoTime();
        long lap = now - since;
        since = now;
        return lap;
    }

    StepTimes times() {
        return new StepTimes(
                Duration.ofNanos(forward),
                Duration.ofNanos(loss),
                Duration.ofNanos(backward),
                Duration.ofNanos(update));
    }

    /** A loss that tells the watch when it is asked. */
    private record WatchedLoss(Loss loss, StepWatch watch) implements Loss {
        @Override
        public String name() {
            return loss.name();
        }

        @Override
        public boolean fits(OutputSpec output) {
            return loss.fits(output);
        }

        @Override
        public double evaluate(OutputSpec output, double[] numbers, float[] targets, double[] gradient) {
            return watch.evaluated(() -> loss.evaluate(output, numbers, targets, gradient));
        }
    }
}
