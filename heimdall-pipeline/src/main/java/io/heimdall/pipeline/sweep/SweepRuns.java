package io.heimdall.pipeline.sweep;

import io.heimdall.pipeline.training.RunLabel;
import io.heimdall.pipeline.training.TrainingFolder;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.Tracker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The tracked runs of a sweep: one for the whole, below it one a trial and one of the last training. Their tags tell them, so that
 * those of a killed process are found again.
 *
 * @param tracker that has them
 * @param sweep its name
 */
record SweepRuns(Tracker tracker, String sweep) {
    private static final String SWEEP = "sweep";
    private static final String ID = "sweep.id";
    private static final String TRIAL = "sweep.trial";
    private static final String STATE = "sweep.state";
    private static final String FINAL = "sweep.final";

    /** Returns the run of the whole that a process has begun and not written down, or a new one. */
    TrackedRun parent(String experiment) {
        Predicate<RunSummary> left = run -> run.status() == RunStatus.RUNNING
                && sweep.equals(run.tags().get(SWEEP))
                && !run.tags().containsKey(ID)
                && !run.tags().containsKey(RunInfo.PARENT);
        return foundOr(left, new RunInfo(experiment, "sweep " + sweep, Map.of(SWEEP, sweep)));
    }

    /** Returns the run of the whole in this record of runs, of a sweep that is begun in several. */
    TrackedRun join(String experiment, String id) {
        Predicate<RunSummary> own = run -> id.equals(run.tags().get(ID));
        return foundOr(own, new RunInfo(experiment, "sweep " + sweep, Map.of(SWEEP, sweep, ID, id)));
    }

    private TrackedRun foundOr(Predicate<RunSummary> sought, RunInfo start) {
        return tracker.runs().stream()
                .filter(sought)
                .findFirst()
                .map(run -> tracker.resume(run.id()))
                .orElseGet(() -> tracker.start(start));
    }

    RunLabel ofTrial(String parent, Trial trial) {
        return label(parent, "trial " + trial.number(), TRIAL, trial);
    }

    RunLabel ofLast(String parent, Trial best) {
        return label(parent, "best of " + sweep, FINAL, best);
    }

    private RunLabel label(String parent, String name, String key, Trial trial) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(RunInfo.PARENT, parent);
        tags.put(SWEEP, sweep);
        tags.put(key, Integer.toString(trial.number()));
        return new RunLabel(Optional.of(name), tags);
    }

    /**
     * Returns the training with a label that has been begun. A run that its process has left before the training had its folder is
     * ended.
     *
     * @param trainings where it would have its folder
     */
    Optional<TrainingFolder> begun(Path trainings, RunLabel label) throws IOException {
        List<RunSummary> runs = tracker.runs().stream()
                .filter(run -> run.tags().entrySet().containsAll(label.tags().entrySet()))
                .toList();
        for (RunSummary run : runs) {
            Optional<TrainingFolder> folder = TrainingFolder.of(trainings, run.id());
            if (folder.isPresent()) {
                return folder;
            }
            if (run.status() == RunStatus.RUNNING) {
                tracker.resume(run.id()).finish(RunStatus.KILLED);
            }
        }
        return Optional.empty();
    }

    /** Records the result of a trial at a rung, and what that makes of the sweep. */
    void reached(Trial trial, String state, SweepState sweepState) {
        if (trial.runId().isPresent()) {
            record(trial, state);
        }
        long results = sweepState.trials().stream()
                .mapToLong(each -> each.results().size())
                .sum();
        sweepState
                .best()
                .ifPresent(best -> tracker.resume(sweepState.parentRun())
                        .metric("sweep/best", best.metric().orElseThrow(), results));
    }

    /** Records the state of a trial after the sweep, where it is not recorded yet: a process may have been killed before. */
    void concluded(Trial trial, String state) {
        Optional<RunSummary> run = trial.runId().flatMap(tracker::run);
        if (run.isPresent()
                && (run.get().status() == RunStatus.RUNNING
                        || !state.equals(run.get().tags().get(STATE)))) {
            record(trial, state);
        }
    }

    private void record(Trial trial, String state) {
        TrackedRun run = tracker.resume(trial.runId().orElseThrow());
        trial.metric().ifPresent(metric -> run.metric("sweep/validation_nll", metric, trial.epochs()));
        run.tag(STATE, state);
        run.finish(trial.failure().isPresent() ? RunStatus.FAILED : RunStatus.FINISHED);
    }
}
