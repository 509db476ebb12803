package io.heimdall.app.jobs;

import io.heimdall.pipeline.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The progress of a job.
 *
 * @param phase under way, or the last one; empty before the first
 * @param step done in the phase
 * @param steps of the phase, 0 where they are not counted
 * @param epoch under way, from 1; 0 before the first
 * @param epochs at most
 * @param metrics the newest of each: {@code loss}, {@code gradient_norm}, {@code learning_rate}, {@code validation_nll}
 * @param secondsLeft of the phase, where its pace is known
 * @param warnings that the user may want to read
 */
public record JobProgress(
        Optional<Phase> phase,
        long step,
        long steps,
        int epoch,
        int epochs,
        Map<String, Double> metrics,
        OptionalDouble secondsLeft,
        List<String> warnings) {

    /** Nothing has been done. */
    public static final JobProgress NONE =
            new JobProgress(Optional.empty(), 0, 0, 0, 0, Map.of(), OptionalDouble.empty(), List.of());

    /** Copies the collections. */
    public JobProgress {
        metrics = Map.copyOf(metrics);
        warnings = List.copyOf(warnings);
    }
}
