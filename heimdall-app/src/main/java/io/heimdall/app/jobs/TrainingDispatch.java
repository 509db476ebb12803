package io.heimdall.app.jobs;

import java.util.UUID;

/**
 * The message by which the queue gives a job to a worker.
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
