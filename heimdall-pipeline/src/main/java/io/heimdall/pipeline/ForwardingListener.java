package io.heimdall.pipeline;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.StepProgress;
import io.heimdall.model.train.TrainingPlan;

/** A listener that passes on to another all that it has no method of its own for. */
public interface ForwardingListener extends PipelineListener {

    /** Returns the listener that it passes on to. */
    PipelineListener listener();

    @Override
    default void run(String runId) {
        listener().run(runId);
    }

    @Override
    default void member(int number, int members) {
        listener().member(number, members);
    }

    @Override
    default void begin(Phase phase, long steps) {
        listener().begin(phase, steps);
    }

    @Override
    default void advance(long done, String detail) {
        listener().advance(done, detail);
    }

    @Override
    default void step(StepProgress progress) {
        listener().step(progress);
    }

    @Override
    default void checkpoint() {
        listener().checkpoint();
    }

    @Override
    default void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {
        listener().epoch(metrics, plan, best);
    }

    @Override
    default void warn(String message) {
        listener().warn(message);
    }

    @Override
    default boolean cancelled() {
        return listener().cancelled();
    }
}
