package io.heimdall.model.train;

import io.heimdall.model.ModelException;
import io.heimdall.model.backend.TrainingSession;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a network: the loop over epochs and steps for all backends.
 *
 * <p>Each epoch sees the training samples in another order, a function of seed and epoch; then the validation samples
 * are predicted, and a checkpoint is written. A last batch of a single row is left out, since batch norm has no variance
 * of one row; the next epoch's order leaves out another sample. The run ends after the plan's epochs, when the
 * validation loss has not improved for {@code patience} epochs, or when its time is over. At its end the session has the weights of the best
 * epoch, and the last checkpoint no longer holds the optimiser's moments, which are two thirds of its size.
 *
 * <p>A run that was killed at any moment and resumed ends with the same bits as one that was not, on the same machine
 * and backend. For one run at a time.
 *
 * @param plan the settings
 * @param checkpoints where the run is kept
 * @param listener is told of every step
 */
public record Trainer(TrainingPlan plan, Checkpoints checkpoints, TrainingListener listener) {

    /**
     * Trains from the session's present weights.
     *
     * @param session opened with the plan's seed; not closed
     * @param training at least 2 samples
     * @param validation samples of other groups than those; without any the run never stops early, and its last epoch
     *     counts as the best
     * @throws IllegalArgumentException if there are too few samples
     * @throws ModelException if there are checkpoints of an earlier run, if one cannot be written, or if loss or
     *     gradient are no longer finite; the message names step and session ids, the last good checkpoint is kept
     */
    public TrainingResult fit(TrainingSession session, SampleSource training, SampleSource validation) {
        if (checkpoints.present()) {
            throw new ModelException(checkpoints.directory()
                    + " holds the checkpoints of an earlier run: resume it or name another" + " directory");
        }
        var run = new TrainingRun(plan, checkpoints, listener, session, training, validation);
        run.begin();
        return run.go();
    }

    /**
     * Goes on from the last checkpoint; begins anew where there is none.
     *
     * @param session of the same network, backend, options and, before the first checkpoint, weights
     * @param training the samples that the run began with
     * @param validation the samples that the run began with
     * @throws IllegalArgumentException if plan or samples differ from those the run began with, naming what does
     * @throws ModelException as {@link #fit} does, or if the checkpoint cannot be read
     */
    public TrainingResult resume(TrainingSession session, SampleSource training, SampleSource validation) {
        Checkpoint last = checkpoints.last().orElse(null);
        if (last == null) {
            return fit(session, training, validation);
        }
        var run = new TrainingRun(plan, checkpoints, listener, session, training, validation);
        checkSame(last, run);
        run.resume(last);
        return run.go();
    }

    private void checkSame(Checkpoint last, TrainingRun run) {
        List<String> differences = new ArrayList<>();
        run.settings().forEach((name, value) -> {
            String begun = last.settings().get(name);
            if (!value.equals(begun)) {
                differences.add(name + " was " + begun + " and is " + value);
            }
        });
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException("the run in " + checkpoints.directory()
                    + " was begun with other settings: " + String.join(", ", differences));
        }
    }
}
