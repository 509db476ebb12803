package io.heimdall.pipeline;

import io.heimdall.model.train.EpochMetrics;
import io.heimdall.model.train.StepProgress;
import io.heimdall.model.train.TrainingPlan;

/**
 * Receives the events of a training, on the thread that runs it.
 *
 * <p>An exception of a listener ends the training, which can be resumed.
 */
public interface PipelineListener {
    /** Watches nothing. */
    PipelineListener NONE = new PipelineListener() {};

    /**
     * Tells that the training has its run and its folder, and can be resumed from now on.
     *
     * @param runId for {@link io.heimdall.pipeline.training.TrainingPipeline#resume(String)}
     */
    default void run(String runId) {}

    /**
     * Tells that what follows is of one member of an ensemble.
     *
     * @param number of the member, from 1; 0 for what follows after all of them
     * @param members that the ensemble has
     */
    default void member(int number, int members) {}

    /**
     * Tells that a phase begins.
     *
     * @param phase that begins; the one before it has ended
     * @param steps that it has, or 0 where they are not counted
     */
    default void begin(Phase phase, long steps) {}

    /**
     * Tells that a part of the phase is done.
     *
     * @param done steps of the phase so far
     * @param detail a few words on the last one, or empty
     */
    default void advance(long done, String detail) {}

    /** Tells that a training step is done; {@link #advance} tells the same in words. */
    default void step(StepProgress progress) {}

    /** Tells that a checkpoint was written, also in a pretraining: work up to here is not lost. */
    default void checkpoint() {}

    /** Tells that an epoch is done. */
    default void epoch(EpochMetrics metrics, TrainingPlan plan, boolean best) {}

    /** Warns of something that the user should know, and may want to mend. */
    default void warn(String message) {}

    /**
     * Returns whether the work is to end: a training, which can be resumed from its last full epoch, asks after each step, a look of the
     * monitor for each session.
     */
    default boolean cancelled() {
        return false;
    }
}
