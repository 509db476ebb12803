package io.heimdall.app.jobs;

import io.heimdall.pipeline.sweep.SweepPlan;

/**
 * A sweep that is to be worked on by the workers of the queue.
 *
 * @param name that no other sweep has; the same order with the same name is the same sweep
 * @param space text of the space file
 * @param plan that it makes
 * @param trials at most; fewer where the space has no more
 * @param workers that share the trials, from 1
 * @param trainsFinal whether the best is trained on folds and registered
 */
public record SweepOrder(String name, String space, SweepPlan plan, int trials, int workers, boolean trainsFinal) {}
