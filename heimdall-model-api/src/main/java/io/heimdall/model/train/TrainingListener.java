package io.heimdall.model.train;

/**
 * Watches a run; called on the thread that trains.
 *
 * <p>What a listener throws ends the run; the checkpoint of the last epoch is on disk by then.
 */
public interface TrainingListener {
    /** Watches nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * Tells that a run begins or goes on.
     *
     * @param plan of the run
     * @param epochsDone 0 for a new run
     * @param stepsPerEpoch steps of each epoch
     */
    default void started(TrainingPlan plan, int epochsDone, int stepsPerEpoch) {}

    /** Tells that a step is done. */
    default void stepDone(StepProgress progress) {}

    /**
     * Tells that an epoch is done and its checkpoint written.
     *
     * @param best whether its validation loss is the best so far
     */
    default void epochDone(EpochMetrics metrics, boolean best) {}

    /** Returns whether the run is to end; asked after each step. The run can be resumed from its last full epoch. */
    default boolean cancelled() {
        return false;
    }
}
