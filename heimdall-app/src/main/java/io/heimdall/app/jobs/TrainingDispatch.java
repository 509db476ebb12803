package io.heimdall.app.jobs;

import java.io.IOException;
import java.util.UUID;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;

/**
 * What the queue hands to a worker: that a job is to be worked on.
 *
 * @param jobId of the job
 * @param id of this handing out
 */
public record TrainingDispatch(String jobId, UUID id) implements JobRequest {

    @Override
    public Class<Worker> getJobRequestHandler() {
        return Worker.class;
    }

    /** Works on what is handed out. Public for the queue, which calls it by reflection. */
    public interface Worker extends JobRequestHandler<TrainingDispatch> {

        /** Returns the name of the worker, for people. */
        String name();

        @Override
        void run(TrainingDispatch dispatch) throws IOException;
    }
}
