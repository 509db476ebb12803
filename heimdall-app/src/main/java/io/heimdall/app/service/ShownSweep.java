package io.heimdall.app.service;

import io.heimdall.app.jobs.SweepJob;
import io.heimdall.app.jobs.TrainingJob;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.sweep.SweepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A sweep as the service knows it at a moment.
 *
 * @param name that no other sweep has
 * @param origin what has begun it
 * @param status of it
 * @param submitted when it was begun
 * @param plan of it
 * @param state of its trials
 * @param workers the jobs that work on it; none of a command
 * @param error why it failed, if it did
 */
record ShownSweep(
        String name,
        Origin origin,
        Status status,
        Instant submitted,
        SweepPlan plan,
        SweepState state,
        List<TrainingJob> workers,
        Optional<String> error) {

    /** Copies the list. */
    ShownSweep {
        workers = List.copyOf(workers);
    }

    /** Returns a sweep of the service. */
    static ShownSweep of(SweepJob sweep) {
        return new ShownSweep(
                sweep.name(),
                Origin.SERVICE,
                Status.valueOf(sweep.status().name()),
                sweep.submitted(),
                sweep.plan(),
                sweep.state(),
                sweep.workers(),
                sweep.error());
    }

    /** What begins a sweep. */
    enum Origin {
        /** {@code heimdall sweep}, in processes of its own. */
        COMMAND,
        /** A request to the service. */
        SERVICE
    }

    /** How far a sweep is. */
    enum Status {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED,
        /** Its processes were stopped or killed; {@code heimdall sweep --resume} goes on. */
        INTERRUPTED
    }
}
