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
public record SweepOrder(String name, String space, SweepPlan plan, int trials, int workers, boolean trainsFinal) {
    /** The trials of a sweep if nothing is said. */
    public static final int USUAL_TRIALS = 20;
    /** The most trials of a sweep on workers. */
    public static final int MOST_TRIALS = 500;
    /** The most workers that share one. */
    public static final int MOST_WORKERS = 32;

    /**
     * Checks the limits.
     *
     * @throws IllegalArgumentException if there are too many trials or workers, or none
     */
    public SweepOrder {
        checkLimit("trials", trials, MOST_TRIALS);
        checkLimit("workers", workers, MOST_WORKERS);
    }

    private static void checkLimit(String of, int number, int most) {
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(
                    "the " + of + " of a sweep on workers are " + number + ", expected 1.." + most);
        }
    }

    /** Returns how many workers share a sweep if nothing is said: as many as can at a time. */
    public static int usualWorkers(int places) {
        return Math.min(MOST_WORKERS, Math.max(1, places));
    }
}
