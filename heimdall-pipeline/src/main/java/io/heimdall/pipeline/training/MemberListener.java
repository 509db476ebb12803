package io.heimdall.pipeline.training;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.ForwardingListener;
import io.heimdall.pipeline.PipelineListener;

/**
 * Watches a member of an ensemble, and counts its epochs on from those of the members before.
 *
 * @param listener that it passes on to
 * @param epochs of the members before
 */
record MemberListener(PipelineListener listener, int epochs) implements ForwardingListener {

    @Override
    public void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {
        listener.epoch(Kept.later(metrics, epochs, 0), plan, best);
    }
}
