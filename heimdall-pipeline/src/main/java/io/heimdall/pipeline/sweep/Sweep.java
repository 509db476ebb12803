package io.heimdall.pipeline.sweep;

import io.heimdall.files.ExclusiveFile;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.data.SplitSessions;
import io.heimdall.pipeline.training.RunLabel;
import io.heimdall.pipeline.training.TrainingFolder;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.pipeline.training.Trials;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A sweep as a whole: its begin, and what is made of its trials. Between the two {@link SweepWorker}s work on it.
 *
 * <p>It may be killed at any moment, and goes on when all is called again. One process at a time, beside those that work.
 *
 * @param pipeline that trains in the workspace
 * @param folder of the sweep, for its trainings in this workspace and its results
 * @param journal that all workers share
 * @param plan of it
 * @param listener that watches
 */
public record Sweep(
        TrainingPipeline pipeline, SweepFolder folder, SweepJournal journal, SweepPlan plan, SweepListener listener) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /**
     * Begins the sweep, or goes on with it, after all has been checked that can be known before the first trial.
     *
     * @param trials all in all; may be more than it was begun with
     * @param space text of the file that says what is asked for, kept in the folder
     * @throws IllegalArgumentException if a sweep of this name is one of workers, has another plan or more trials, or a setting cannot
     *     be used
     * @throws IOException if a file cannot be read or written
     * @throws PipelineException if something is lacking that a trial or the last training needs
     */
    public SweepState begin(int trials, String space) throws IOException {
        List<Trial> proposals = plan.proposals(trials);
        folder.checkOwner(SweepFolder.COMMAND);
        if (!folder.begun()) {
            check(proposals);
            Files.createDirectories(folder.path());
            folder.claim(SweepFolder.COMMAND);
            Files.writeString(folder.space(), space);
            folder.conclude(RunStatus.RUNNING);
            folder.begin(plan.begun(proposals)
                    .withParent(described(runs().parent(plan.base().experiment()))));
            return folder.state();
        }
        SweepState before = folder.state();
        if (!plan.isDefinedBy(before.definition())) {
            throw new IllegalArgumentException(
                    "the sweep '" + folder.name() + "' in this workspace was begun with another"
                            + " space or other settings (" + folder.space() + "); give this one another --name");
        }
        if (trials < before.trials().size()) {
            throw new IllegalArgumentException("the sweep '" + folder.name() + "' was begun with "
                    + before.trials().size() + " trials, and cannot go on with " + trials);
        }
        pipeline.destination().tracker().resume(before.parentRun());
        folder.conclude(RunStatus.RUNNING);
        return folder.update(state -> {
            List<Trial> more = new ArrayList<>(state.trials());
            more.addAll(proposals.subList(Math.min(more.size(), proposals.size()), proposals.size()));
            return state.withTrials(more);
        });
    }

    /**
     * Joins a sweep that several workspaces share. All is checked that can be known before the first trial; the trials of this workspace
     * have a run above them that is its own.
     *
     * @param id that no other sweep has
     * @return the sweep with this run
     * @throws IllegalArgumentException if the folder of this workspace is that of another sweep
     * @throws IOException if a file cannot be read or written
     * @throws PipelineException if something is lacking here that a trial or the last training needs
     */
    public Sweep joined(String id) throws IOException {
        Files.createDirectories(folder.path());
        BooleanSupplier late = ExclusiveFile.after(PATIENCE);
        return ExclusiveFile.holding(
                folder.path().resolve("join.lock"),
                () -> listener.cancelled() || late.getAsBoolean(),
                "another worker is joining the sweep " + folder.name(),
                () -> {
                    folder.checkOwner(id);
                    check(journal.state().trials());
                    folder.claim(id);
                    String parent = described(runs().join(plan.base().experiment(), id));
                    return new Sweep(pipeline, folder, new JoinedJournal(journal, parent), plan, listener);
                });
    }

    private void check(List<Trial> proposals) throws IOException {
        Trials trials = new Trials(pipeline);
        Set<String> seen = new HashSet<>();
        for (Trial trial : proposals) {
            TrainingSettings settings = plan.settings(trial.values());
            if (seen.add(settings.network() + " " + settings.pretraining() + " " + settings.pretrained())) {
                List<SplitSessions> splits = trials.check(settings);
                if (splits.stream().anyMatch(split -> split.validation().isEmpty())) {
                    throw new PipelineException("the validation split has no session, and trials are compared by their"
                            + " validation loss; add sessions, or choose another split_by in base");
                }
            }
        }
        trials.check(plan.finalSettings(proposals.get(0).values()));
    }

    /** Returns the id of the run above the trials, after the plan is written down in it. */
    private String described(TrackedRun run) {
        run.params(Map.of(
                "sweep.space", plan.space().text().strip().replace("\n", "; "),
                "sweep.choice", plan.choice().word(),
                "sweep.seed", plan.seed(),
                "sweep.rungs", plan.asha().rungs(),
                "sweep.factor", plan.asha().factor()));
        return run.id();
    }

    /**
     * Returns a worker on the trials.
     *
     * @param threads of each training; empty for those of the settings
     */
    public SweepWorker worker(Optional<Integer> threads) {
        return new SweepWorker(pipeline, folder, journal, plan, threads, listener);
    }

    /**
     * Writes the page of the trials, and records their states.
     *
     * @param status of the run above the trials
     */
    public void conclude(RunStatus status) throws IOException {
        SweepState state = journal.state();
        SweepPages.write(folder, plan, state);
        if (folder.begun()) { // of workers, each has an end of its own
            folder.conclude(status);
        }
        try {
            state.trials().forEach(trial -> runs().concluded(trial, plan.state(trial)));
            TrackedRun parent = pipeline.destination().tracker().resume(state.parentRun());
            for (String suffix : List.of("html", "png", "json")) {
                if (Files.exists(folder.result(suffix))) {
                    parent.artifact(folder.result(suffix), "sweep");
                }
            }
            state.best().ifPresent(best -> parent.tag("sweep.best", "trial " + best.number()));
            parent.finish(status);
        } catch (TrackingException e) {
            listener.warn("the sweep's run is not up to date in MLflow: " + e.getMessage());
        }
    }

    /**
     * Trains the best settings on folds and registers the model, or takes up what is done of it.
     *
     * @param threads of the training; empty for those of the settings
     * @return empty if that was done before, or another worker is at it
     * @throws IOException as {@link TrainingPipeline#train} does, with the other exceptions
     * @throws PipelineException if no trial has a result
     */
    public Optional<TrainingOutcome> last(Optional<Integer> threads) throws IOException {
        Trial best = best(journal.state());
        try (TrialHold hold = TrialHold.take(folder, journal, 0).orElse(null)) {
            SweepState state = journal.state();
            boolean done =
                    state.last().filter(last -> last.trial() == best.number()).isPresent();
            return done || hold == null ? Optional.empty() : Optional.of(trained(state, best, threads));
        }
    }

    private TrainingOutcome trained(SweepState state, Trial best, Optional<Integer> threads) throws IOException {
        listener.beginLast(best, plan.folds());
        RunLabel label = runs().ofLast(state.parentRun(), best);
        Path trainings = pipeline.working().trainings();
        TrainingPipeline watched = pipeline.watchedBy(listener.last());
        Optional<TrainingFolder> begun = runs().begun(trainings, label);
        TrainingOutcome outcome = begun.isPresent()
                ? watched.resume(begun.get().runId()).orElseThrow()
                : watched.train(plan.finalSettings(best.values(), threads), label);
        journal.update(
                before -> before.with(new SweepState.Last(best.number(), outcome.runId(), outcome.modelVersion())));
        return outcome;
    }

    private static Trial best(SweepState state) {
        return state.best()
                .orElseThrow(() -> new PipelineException("no trial has come to its first rung"
                        + state.trials().stream()
                                .flatMap(trial -> trial.failure().stream())
                                .findFirst()
                                .map(why -> "; the first that failed: " + why)
                                .orElse("; 'heimdall sweep --resume' goes on")));
    }

    private SweepRuns runs() {
        return new SweepRuns(pipeline.destination().tracker(), folder.name());
    }
}
