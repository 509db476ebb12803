package io.heimdall.app.jobs;

/**
 * The result of a submission: a job, and whether it is new.
 *
 * @param job the new job, or the one that the same key made before
 * @param isNew whether this submission made it
 */
public record Submission(TrainingJob job, boolean isNew) {}
