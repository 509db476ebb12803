package io.heimdall.app.jobs;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.ForwardingListener;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.sweep.SweepListener;

/**
 * Watches the trainings of a job that works on a sweep. Its run is that of the sweep, and it has no curve of its own.
 *
 * @param listener that has the job's progress
 */
record PartListener(PipelineListener listener) implements ForwardingListener, SweepListener {
    @Override
    public void run(String runId) {}

    @Override
    public void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {}

    @Override
    public PipelineListener last() {
        return this;
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
