package io.heimdall.tracking;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * A run that is being recorded. Records stay when the process is killed.
 *
 * <p>Thread-safe. Every method throws {@link TrackingException} when the record cannot be written.
 */
public interface TrackedRun {

    /** Returns the id of the run, for {@link Tracker#resume}. */
    String id();

    /**
     * Records a parameter; the same value again does nothing.
     *
     * @throws TrackingException if it has another value already
     */
    void param(String name, String value);

    /** Records several parameters. */
    default void params(Map<String, ?> params) {
        params.forEach((name, value) -> param(name, String.valueOf(value)));
    }

    /** Records a tag, in place of its former value. */
    void tag(String name, String value);

    /**
     * Records a value of a metric.
     *
     * <p>A value that the metric already has at that step does nothing, so that a resumed training does not record its
     * epochs twice.
     *
     * @param name such as {@code validation/nll}
     * @param step such as the epoch
     */
    void metric(String name, double value, long step, Instant at);

    /** Records a value of a metric, measured now. */
    default void metric(String name, double value, long step) {
        metric(name, value, step, Instant.now());
    }

    /**
     * Records a value of each of several metrics at once, such as those of an epoch.
     *
     * @param values by the names of their metrics
     */
    default void metrics(Map<String, Double> values, long step, Instant at) {
        values.forEach((name, value) -> metric(name, value, step, at));
    }

    /**
     * Copies a file, or what is in a directory, to the run's artifacts.
     *
     * @param source a file or a directory without symbolic links
     * @param directory where it goes among the artifacts; empty for their root
     */
    void artifact(Path source, String directory);

    /**
     * Ends the run.
     *
     * @param status any but {@link RunStatus#RUNNING}
     */
    void finish(RunStatus status);
}
