package io.heimdall.app.jobs;

import java.util.UUID;

/**
 * What the queue hands to a worker: that a job is to be worked on.
 *
 * <p>Queues keep the names of this class and of {@link JobWorker}: both stay, so that jobs of an earlier release are found.
 *
 * @param jobId of the job
 * @param id of this handing out
 */
public record TrainingDispatch(String jobId, UUID id) implements Dispatch {

    @Override
    public Class<JobWorker> getJobRequestHandler() {
        return JobWorker.class;
    }
}
