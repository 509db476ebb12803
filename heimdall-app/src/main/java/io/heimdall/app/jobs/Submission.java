package io.heimdall.app.jobs;

/**
 * What a submission came to.
 *
 * @param job the new job, or the one that the same key made before
 * @param isNew whether this submission made it
 */
public record Submission(TrainingJob job, boolean isNew) {}
