package io.heimdall.pipeline.sweep;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A trial of a sweep. Immutable.
 *
 * @param number from 1
 * @param values of the settings that the sweep varies, by their names in JSON
 * @param runId of its tracked run, once it has one
 * @param job the rung that it is on its way to, from 0; empty while it is not worked on
 * @param results at the rungs that it has reached, in their order
 * @param failure why it cannot go on, if that is so
 * @param dropped whether its checkpoints are deleted
 */
public record Trial(
        int number,
        Map<String, Object> values,
        Optional<String> runId,
        OptionalInt job,
        List<Result> results,
        Optional<String> failure,
        boolean dropped) {

    /**
     * The result at a rung.
     *
     * @param epoch that it had come to
     * @param metric the lowest validation loss so far
     * @param took time from the rung before to this one
     * @param ended whether the training has ended by itself, so that no later rung has another metric
     */
    public record Result(int epoch, double metric, Duration took, boolean ended) {}

    /** Copies map and list. */
    public Trial {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        results = List.copyOf(results);
    }

    /** Makes a trial that has not begun. */
    public static Trial proposed(int number, Map<String, Object> values) {
        return new Trial(number, values, Optional.empty(), OptionalInt.empty(), List.of(), Optional.empty(), false);
    }

    /** Returns the settings as text: {@code learning_rate 0.0018, batch_size 16}. */
    public String settings() {
        return values.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    /** Returns its metric at the last rung that it has reached. */
    public OptionalDouble metric() {
        return results.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(results.get(results.size() - 1).metric());
    }

    /** Returns the number of the last epoch that counts; 0 before the first rung. */
    public int epochs() {
        return results.isEmpty() ? 0 : results.get(results.size() - 1).epoch();
    }

    boolean idle() {
        return job.isEmpty() && failure.isEmpty() && !dropped;
    }

    Trial towards(int rung) {
        return new Trial(number, values, runId, OptionalInt.of(rung), results, failure, dropped);
    }

    Trial withRun(String id) {
        return new Trial(number, values, Optional.of(id), job, results, failure, dropped);
    }

    Trial reached(Result result) {
        List<Result> more = Stream.concat(results.stream(), Stream.of(result)).toList();
        return new Trial(number, values, runId, OptionalInt.empty(), more, failure, dropped);
    }

    Trial failed(String why) {
        return new Trial(number, values, runId, OptionalInt.empty(), results, Optional.of(why), dropped);
    }

    Trial drop() {
        return new Trial(number, values, runId, job, results, failure, true);
    }
}
