package io.heimdall.model.train;

import io.heimdall.model.optimizer.OptimizerState;
import io.heimdall.model.train.TrainingResult.End;
import io.heimdall.model.weights.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of a run after a full epoch. Learning-rate schedule and early stopping are functions of plan and history,
 * so the history is their state.
 *
 * @param weights running statistics included
 * @param average of the weights, where the run has one; empty in the checkpoint of the best epoch, whose weights are that average
 * @param optimizer empty before the first step, after the end of the run, and in the checkpoint of the best epoch
 * @param history one entry per epoch done
 * @param end why the run ended, if it has
 * @param settings plan and data of the run; it can be resumed with the same ones only
 */
public record Checkpoint(
        Weights weights,
        Optional<Weights> average,
        Optional<OptimizerState> optimizer,
        List<EpochMetrics> history,
        Optional<End> end,
        Map<String, String> settings) {

    /** Copies lists and maps. */
    public Checkpoint {
        history = List.copyOf(history);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Makes a checkpoint of a run without an average of its weights. */
    public Checkpoint(
            Weights weights,
            Optional<OptimizerState> optimizer,
            List<EpochMetrics> history,
            Optional<End> end,
            Map<String, String> settings) {
        this(weights, Optional.empty(), optimizer, history, end, settings);
    }

    /** Returns this checkpoint with those weights that the epoch was judged by: their average, where there is one. */
    Checkpoint judged() {
        return average.map(mean -> new Checkpoint(mean, Optional.empty(), optimizer, history, end, settings))
                .orElse(this);
    }

    /** Returns the number of epochs done. */
    public int epoch() {
        return history.size();
    }
}
