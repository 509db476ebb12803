package io.heimdall.pipeline.training;

import io.heimdall.model.backend.CrashLog;
import io.heimdall.pipeline.training.StepMark.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * The death of a process that worked on a training, as far as it is known afterwards: who dies writes nothing down.
 *
 * @param process which it was
 * @param at when it gave its last sign
 * @param place where it was in the training
 * @param processor that it ran on
 * @param log that the JVM has left, if it has
 */
record Death(String process, Instant at, Place place, String processor, Optional<CrashLog> log) {

    private static final String UNKNOWN =
            "it left no crash log, so it was killed (exit code 137: by kill -9, or for lack of memory)"
                    + " or aborted by native code (exit code 134)";

    /** Returns who died, when, where and, as far as there is a trace of it, of what. */
    @Override
    public String toString() {
        return process + ", " + at + ", on " + processor + ": "
                + log.map(Death::told).orElse(UNKNOWN);
    }

    private static String told(CrashLog log) {
        return (log.cause().startsWith("SIG") ? "exit code 134, " : "") + log;
    }
}
