package io.heimdall.pipeline.sweep;

import java.util.List;
import java.util.Optional;

/**
 * What a sweep knows at a moment. Immutable.
 *
 * @param definition of the sweep, as JSON text: another one is another sweep
 * @param parentRun the tracked run above those of the trials; empty where each workspace has its own
 * @param trials in the order of their numbers
 * @param last the training of the best, once its model is registered
 */
public record SweepState(String definition, String parentRun, List<Trial> trials, Optional<Last> last) {
    /**
     * The training of the best trial's settings on folds, whose model is registered.
     *
     * @param trial whose settings it has
     * @param runId of its tracked run
     * @param version of the registered model
     */
    public record Last(int trial, String runId, int version) {}

    /** Copies the list. */
    public SweepState {
        trials = List.copyOf(trials);
    }

    /** Returns a trial, from 1. */
    public Trial trial(int number) {
        return trials.get(number - 1);
    }

    SweepState with(Trial changed) {
        return new SweepState(
                definition,
                parentRun,
                trials.stream()
                        .map(trial -> trial.number() == changed.number() ? changed : trial)
                        .toList(),
                last);
    }

    SweepState withParent(String run) {
        return new SweepState(definition, run, trials, last);
    }

    SweepState withTrials(List<Trial> all) {
        return new SweepState(definition, parentRun, all, last);
    }

    SweepState with(Last training) {
        return new SweepState(definition, parentRun, trials, Optional.of(training));
    }

    /** Returns the best trial so far. */
    public Optional<Trial> best() {
        return Asha.best(trials);
    }
}
