package io.heimdall.pipeline;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.TrainingPlan;

/** Watches a training; called on the thread that runs it. */
public interface PipelineListener {
    /** Watches nothing. */
    PipelineListener NONE = new PipelineListener() {};

    /**
     * A phase begins.
     *
     * @param phase that begins; the one before it has ended
     * @param steps that it has, or 0 where they are not counted
     */
    default void begin(Phase phase, long steps) {}

    /**
     * A part of the phase is done.
     *
     * @param done steps of the phase so far
     * @param detail a few words on the last one, or empty
     */
    default void advance(long done, String detail) {}

    /** An epoch is done. */
    default void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {}

    /** Something that the user should know, and may want to mend. */
    default void warn(String message) {}

    /** Asked after each training step: {@code true} ends the training; it can be resumed from its last full epoch. */
    default boolean cancelled() {
        return false;
    }
}
