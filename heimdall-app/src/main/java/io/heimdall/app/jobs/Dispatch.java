package io.heimdall.app.jobs;

import java.util.UUID;
import org.jobrunr.jobs.lambdas.JobRequest;

/** The handing out of a job, as a worker sees it. */
interface Dispatch extends JobRequest {
    /** Returns the job. */
    String jobId();

    /** Returns the id of this handing out. */
    UUID id();
}
