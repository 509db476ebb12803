package io.heimdall.app.jobs;

import java.util.UUID;
import org.jobrunr.jobs.lambdas.JobRequest;

/**
 * What the queue hands to a worker: that a job is to be worked on.
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
