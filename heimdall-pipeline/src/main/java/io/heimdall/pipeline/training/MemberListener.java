package io.heimdall.pipeline.training;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.StepProgress;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Phase;
import io.heimdall.pipeline.PipelineListener;

/**
 * Watches a member of an ensemble, and counts its epochs on from those of the members before.
 *
 * @param listener that it passes on to
 * @param epochs of the members before
 */
record MemberListener(PipelineListener listener, int epochs) implements PipelineListener {

    @Override
    public void begin(Phase phase, long steps) {
        listener.begin(phase, steps);
    }

    @Override
    public void advance(long done, String detail) {
        listener.advance(done, detail);
    }

    @Override
    public void step(StepProgress progress) {
        listener.step(progress);
    }

    @Override
    public void checkpoint() {
        listener.checkpoint();
    }

    @Override
    public void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {
        listener.epoch(Kept.later(metrics, epochs, 0), plan, best);
    }

    @Override
    public void warn(String message) {
        listener.warn(message);
    }

    @Override
    public boolean cancelled() {
        return listener.cancelled();
    }
}
