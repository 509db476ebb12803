package io.heimdall.app.jobs;

import java.util.List;

/**
 * A page of the list of jobs, the latest job first.
 *
 * @param jobs of the page
 * @param total number of all jobs
 */
public record JobPage(List<TrainingJob> jobs, long total) {

    /** Copies the list. */
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
