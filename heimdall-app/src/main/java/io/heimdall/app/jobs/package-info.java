/**
 * Trainings as durable jobs: a job is submitted once, run by any free worker, continued after the death of a worker,
 * and ended once.
 *
 * <p>{@link io.heimdall.app.jobs.TrainingJobs} is the entry point; it needs no HTTP. JobRunr dispatches a job to a
 * worker, and to another one when the heartbeats of the worker stop. The state and the result of a job are in a table
 * of this library.
 */
package io.heimdall.app.jobs;
