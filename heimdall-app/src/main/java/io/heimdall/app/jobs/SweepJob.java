package io.heimdall.app.jobs;

import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.sweep.SweepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A sweep of the queue, in its state at the time of the query.
 *
 * @param name of the sweep
 * @param submitted when
 * @param plan of it
 * @param state of its trials
 * @param trainsFinal whether the best is trained on folds
 * @param workers the jobs that work on its trials
 */
public record SweepJob(
        String name,
        Instant submitted,
        SweepPlan plan,
        SweepState state,
        boolean trainsFinal,
        List<TrainingJob> workers) {

    /** Copies the list. */
    public SweepJob {
        workers = List.copyOf(workers);
    }

    /** Returns the status that its jobs make. */
    public JobStatus status() {
        if (has(JobStatus.RUNNING)) {
            return JobStatus.RUNNING;
        }
        if (has(JobStatus.QUEUED)) {
            boolean begun = workers.stream().anyMatch(job -> job.started().isPresent());
            return begun ? JobStatus.RUNNING : JobStatus.QUEUED;
        }
        if (isDone()) {
            return JobStatus.SUCCEEDED;
        }
        boolean asked = workers.stream().anyMatch(TrainingJob::cancelRequested);
        return asked || has(JobStatus.CANCELLED) && !has(JobStatus.FAILED) ? JobStatus.CANCELLED : JobStatus.FAILED;
    }

    private boolean has(JobStatus status) {
        return workers.stream().anyMatch(job -> job.status() == status);
    }

    private boolean isDone() {
        return state.last().isPresent()
                || !trainsFinal && plan.isDone(state.trials()) && state.best().isPresent();
    }

    /** Returns why it failed, if it did. */
    public Optional<String> error() {
        return status() == JobStatus.FAILED
                ? workers.stream()
                        .flatMap(job -> job.error().stream())
                        .findFirst()
                        .or(() -> Optional.of("no trial has come to its first rung"))
                : Optional.empty();
    }
}
