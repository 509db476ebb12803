package io.heimdall.app.jobs;

import io.heimdall.pipeline.training.TrainingSettings;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A training job, in its state at the time of the query.
 *
 * @param id of the job
 * @param status of the job
 * @param settings of the training
 * @param submitted when
 * @param started when a worker first took it
 * @param ended when it ended
 * @param attempts how often a worker has taken it; more than once after faults and dead workers
 * @param cancelRequested whether it is to end before it is done
 * @param progress of the last attempt
 * @param runId of the tracked run, once it has begun
 * @param result of a job that succeeded: {@link io.heimdall.pipeline.training.TrainingOutcome#summary()}
 * @param error why it failed, or why the last attempt did
 * @param revision grows with each change
 */
public record TrainingJob(
        String id,
        JobStatus status,
        TrainingSettings settings,
        Instant submitted,
        Optional<Instant> started,
        Optional<Instant> ended,
        int attempts,
        boolean cancelRequested,
        JobProgress progress,
        Optional<String> runId,
        Optional<Map<String, Object>> result,
        Optional<String> error,
        long revision) {}
