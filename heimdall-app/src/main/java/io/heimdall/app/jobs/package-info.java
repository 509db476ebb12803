/**
 * Trainings as durable jobs: submitted once, run by whichever worker is free, taken up again when it dies, ended once.
 *
 * <p>Needs no HTTP: {@link io.heimdall.app.jobs.TrainingJobs} is the way in. JobRunr hands a job to a worker and hands it on when
 * that worker falls silent; what a job is and how it ended stands in the project's own table.
 */
package io.heimdall.app.jobs;
