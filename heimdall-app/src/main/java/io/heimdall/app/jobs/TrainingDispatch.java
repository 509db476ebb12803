package io.heimdall.app.jobs;

import java.util.UUID;
import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * The message by which the queue gives a job to a worker.
 *
 * @param jobId of the job
 * @param id of this handing out
 */
public record TrainingDispatch(String jobId, UUID id) implements JobRequest {

    @Override
    public Class<JobWorker> getJobRequestHandler() {
        return JobWorker.class;
    }
}
