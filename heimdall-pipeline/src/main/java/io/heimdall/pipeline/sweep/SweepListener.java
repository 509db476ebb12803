package io.heimdall.pipeline.sweep;

import io.heimdall.pipeline.PipelineListener;

/** Receives the events of a sweep, on the thread that works on it. */
public interface SweepListener {
    /**
     * Tells that a trial is worked on.
     *
     * @param epoch of the rung that it is on its way to
     * @param again whether it takes up what a process has left that was killed or stopped
     */
    default void begin(Trial trial, int epoch, boolean again) {}

    /** Tells that a trial has come to a rung, or has failed. */
    default void reached(Trial trial, SweepState state) {}

    /** Tells that the settings of the best trial are trained on folds, as a model. */
    default void beginLast(Trial best, int folds) {}

    /** Returns the one that watches the last training. */
    default PipelineListener last() {
        return PipelineListener.NONE;
    }

    /** Warns of something that stops nothing. */
    default void warn(String message) {}

    /** Returns whether the sweep is to end; asked after each step of a training. It can be resumed. */
    default boolean cancelled() {
        return false;
    }
}
