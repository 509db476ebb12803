package io.heimdall.pipeline.training;

import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.Tracker;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds runs with the status running whose process is dead. */
public final class InterruptedRuns {
    private InterruptedRuns() {}

    /**
     * Finds them among some runs.
     *
     * <p>A run is one of them only if that is certain: its training has a folder here, and the lock that its process holds as long
     * as it lives is free. A run of another machine, or one that is no training of this workspace, is not one.
     *
     * @param tracker that has the runs
     * @param trainings folder of the workspace's trainings
     * @return ids, in the order of {@code runs}
     */
    public static Set<String> among(Collection<RunSummary> runs, Tracker tracker, Path trainings) {
        Set<String> interrupted = new LinkedHashSet<>();
        for (RunSummary run : runs) {
            if (run.status() == RunStatus.RUNNING
                    && TrainingFolder.isLeft(trainings, run.id())
                    // Asked again: it may have ended just before its lock was looked at.
                    && tracker.run(run.id())
                            .filter(now -> now.status() == RunStatus.RUNNING)
                            .isPresent()) {
                interrupted.add(run.id());
            }
        }
        return interrupted;
    }
}
