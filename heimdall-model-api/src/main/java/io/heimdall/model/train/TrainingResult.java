package io.heimdall.model.train;

import io.heimdall.model.weights.Weights;
import java.util.List;

/**
 * The result of a run.
 *
 * @param end why
 * @param bestEpoch the epoch of the resulting weights: the one with the lowest validation loss, or the last one where nothing
 *     was validated; 0 for the initial weights of a run cancelled in its first epoch
 * @param weights of that epoch
 * @param history one entry per full epoch
 */
public record TrainingResult(End end, int bestEpoch, Weights weights, List<EpochMetrics> history) {

    /** Why a run ended. */
    public enum End {
        /** All epochs are done. */
        COMPLETED,
        /** The validation loss no longer improved. */
        STOPPED_EARLY,
        /** The time of the plan is over; an epoch that had begun was finished. */
        OUT_OF_TIME,
        /** The listener asked for it; the run can be resumed. */
        CANCELLED
    }
}
