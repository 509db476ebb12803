package io.heimdall.model.train;

/**
 * Receives the events of a run, on the thread that trains.
 *
 * <p>An exception of a listener ends the run; the checkpoint of the last epoch is on disk by then.
 */
public interface TrainingListener {
    /** Watches nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /**
     * A run begins or goes on.
     *
     * @param plan of the run
     * @param epochsDone 0 for a new run
     * @param stepsPerEpoch steps of each epoch
     */
    default void started(TrainingPlan plan, int epochsDone, int stepsPerEpoch) {}

    /** A step is done. */
    default void stepDone(StepProgress progress) {}

    /**
     * An epoch is done and its checkpoint written.
     *
     * @param best whether its validation loss is the best so far
     */
    default void epochDone(EpochMetrics metrics, boolean best) {}

    /** Asked after each step: {@code true} ends the run; it can be resumed from its last full epoch. */
    default boolean cancelled() {
        return false;
    }
}
