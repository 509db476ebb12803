package io.heimdall.pipeline.sweep;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.ForwardingListener;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Ends a training at a rung: after the checkpoint of its epoch, or where it has ended by itself, before a model is made of it.
 *
 * @param epoch of the rung
 * @param stopping tells whether the training is to end before
 */
record RungListener(PipelineListener listener, int epoch, BooleanSupplier stopping) implements ForwardingListener {

    /** Thrown when the rung is reached. */
    static final class Reached extends CancellationException {
        private static final long serialVersionUID = 1;

        Reached() {
            super("the rung is reached");
        }
    }

    @Override
    public void begin(Phase phase, long steps) {
        if (phase == Phase.EXPORT) {
            throw new Reached();
        }
        listener.begin(phase, steps);
    }

    @Override
    public void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {
        listener.epoch(metrics, plan, best);
        if (metrics.epoch() >= epoch) {
            throw new Reached();
        }
    }

    @Override
    public boolean cancelled() {
        return stopping.getAsBoolean() || listener.cancelled();
    }
}
