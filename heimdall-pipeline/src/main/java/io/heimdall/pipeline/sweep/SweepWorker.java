package io.heimdall.pipeline.sweep;

import io.heimdall.model.ModelException;
import io.heimdall.model.train.Checkpoint;
import io.heimdall.model.train.DivergenceException;
import io.heimdall.model.train.EpochMetrics;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.training.RunLabel;
import io.heimdall.pipeline.training.TrainingFolder;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.tracking.TrackingException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;

/**
 * Works on the trials of a sweep, one after the other, until there is nothing to do. Several processes may: each decision is a
 * change of the journal, each trial is worked on under a lock of its own, and the trial of a process that died is taken up by
 * whoever comes next.
 *
 * @param pipeline that trains in the workspace
 * @param folder of the sweep, for the trainings of this workspace
 * @param journal that all workers share
 * @param plan of it
 * @param threads for each training; empty for those of the settings
 * @param listener that watches
 */
public record SweepWorker(
        TrainingPipeline pipeline,
        SweepFolder folder,
        SweepJournal journal,
        SweepPlan plan,
        Optional<Integer> threads,
        SweepListener listener) {
    private static final long PAUSE_MILLIS = 200;

    /** A trial with an open job, and the lock on it. */
    private record Claim(Trial trial, boolean again, TrialHold hold) implements Closeable {
        @Override
        public void close() throws IOException {
            hold.close();
        }
    }

    /**
     * Works until every trial has come as far as it goes, or the listener cancels.
     *
     * @throws IOException if a file cannot be read or written
     * @throws PipelineException if nothing more can be trained, as when the disk is full
     * @throws CancellationException if another worker has taken over what this one was at
     */
    public void work() throws IOException {
        while (!listener.cancelled()) {
            SweepState state = journal.state();
            if (plan.isDone(state.trials())) {
                folder.keep(state.trials());
                return;
            }
            Optional<Claim> claim = claim(state.trials());
            if (claim.isPresent()) {
                try (Claim taken = claim.get()) {
                    work(taken);
                } catch (CancellationException e) {
                    if (!listener.cancelled()) { // another has taken over the claim, and the sweep has not ended
                        throw e;
                    }
                    return; // the job stays open
                } catch (ModelException | PipelineException e) {
                    if (!listener.cancelled()) {
                        throw e;
                    }
                    return; // in a process that is being ended no engine starts
                }
            } else { // others are at what is left, or the next trial's lock is held by who just ended
                folder.deleteDropped(state.trials());
                await();
            }
        }
    }

    private static void await() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for other processes of the sweep", e);
        }
    }

    /** Takes up a job that its process has left, or opens the next one. */
    private Optional<Claim> claim(List<Trial> trials) throws IOException {
        for (Trial trial : trials) {
            Optional<Claim> left = trial.job().isPresent()
                    ? claim(trial.number(), true, () -> left(trial.number()))
                    : Optional.empty();
            if (left.isPresent()) {
                return left;
            }
        }
        Optional<Asha.Job> next = plan.asha().next(trials);
        return next.isPresent() ? claim(next.get().trial(), false, () -> opened(next.get())) : Optional.empty();
    }

    /** Finds a trial with an open job, once nobody else can work on it. */
    private interface OpenJob {
        Optional<Trial> find() throws IOException;
    }

    private Optional<Claim> claim(int number, boolean again, OpenJob job) throws IOException {
        Optional<TrialHold> hold = TrialHold.take(folder, journal, number); // whoever had it may just be leaving
        if (hold.isEmpty()) {
            return Optional.empty();
        }
        Optional<Trial> trial = Optional.empty();
        try {
            trial = job.find();
        } finally {
            if (trial.isEmpty()) {
                hold.get().close();
            }
        }
        return trial.map(open -> new Claim(open, again, hold.get()));
    }

    /** Its process may have died, or may just have ended the job. */
    private Optional<Trial> left(int number) throws IOException {
        return Optional.of(journal.state().trial(number))
                .filter(trial -> trial.job().isPresent());
    }

    /** Opens a job, unless another one has become the next. */
    private Optional<Trial> opened(Asha.Job next) throws IOException {
        SweepState state = journal.update(before -> plan.asha()
                .next(before.trials())
                .filter(next::equals)
                .map(job -> before.with(before.trial(job.trial()).towards(job.rung())))
                .orElse(before));
        return Optional.of(state.trial(next.trial()))
                .filter(trial -> trial.job().equals(OptionalInt.of(next.rung())));
    }

    private void work(Claim claim) throws IOException {
        Trial trial = claim.trial();
        int epoch = plan.asha().rungs().get(trial.job().orElseThrow());
        listener.begin(trial, epoch, claim.again());
        long began = System.nanoTime();
        Trial reached;
        try {
            reached = reached(trial, epoch, began);
        } catch (ModelException | PipelineException e) {
            if (!isOfTrial(e)) {
                throw e;
            }
            reached = failed(trial, String.valueOf(e.getMessage()));
        }
        finish(trial, reached);
    }

    /** What lies in its settings or its process is a result; a full disk is not. */
    private static boolean isOfTrial(RuntimeException e) {
        return e instanceof DivergenceException
                || e instanceof PipelineException fault && fault.subject().startsWith("run ") && !fault.mayPassLater();
    }

    /** Nothing of a trial that failed is of use but its record. */
    private Trial failed(Trial trial, String why) throws IOException {
        RunLabel label = runs().ofTrial(journal.state().parentRun(), trial);
        Optional<TrainingFolder> left = runs().begun(folder.working().trainings(), label);
        Trial failed = left.map(training -> trial.withRun(training.runId()))
                .orElse(trial)
                .failed(why);
        folder.delete(failed);
        return failed;
    }

    private Trial reached(Trial trial, int epoch, long began) throws IOException {
        if (!trial.results().isEmpty()) {
            Trial.Result last = trial.results().get(trial.results().size() - 1);
            if (last.ended()) {
                return trial.reached(new Trial.Result(last.epoch(), last.metric(), Duration.ZERO, true));
            }
        }
        TrainingFolder training = trained(trial, epoch);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        return trial.withRun(training.runId()).reached(result(training, epoch, took));
    }

    private TrainingFolder trained(Trial trial, int epoch) throws IOException {
        SweepRuns runs = runs();
        RunLabel label = runs.ofTrial(journal.state().parentRun(), trial);
        Path trainings = folder.working().trainings();
        Optional<TrainingFolder> known = trial.runId().isPresent()
                ? TrainingFolder.of(trainings, trial.runId().get())
                : Optional.empty();
        Optional<TrainingFolder> begun = known.isPresent() ? known : runs.begun(trainings, label);
        TrainingPipeline own = new TrainingPipeline(
                pipeline.source(),
                pipeline.destination(),
                folder.working(),
                new RungListener(pipeline.listener(), epoch, listener::cancelled),
                List.of());
        try {
            if (begun.isEmpty()) {
                own.train(settings(trial), label);
            } else if (!isThere(begun.get(), epoch)) {
                own.resume(begun.get().runId());
            }
        } catch (RungListener.Reached e) {
            return begun.isPresent()
                    ? begun.get()
                    : runs.begun(trainings, label).orElseThrow();
        }
        return begun.orElseThrow();
    }

    private TrainingSettings settings(Trial trial) {
        TrainingSettings settings = plan.settings(trial.values());
        return threads.map(number -> settings.withData(settings.data().withThreads(number)))
                .orElse(settings);
    }

    /** A process may have been killed between the checkpoint and the journal. */
    private static boolean isThere(TrainingFolder training, int epoch) {
        return training.checkpoints()
                .last()
                .filter(last -> last.end().isPresent() || last.epoch() >= epoch)
                .isPresent();
    }

    /** What a resumed training has done before counts, and what it has done beyond the rung does not. */
    private static Trial.Result result(TrainingFolder training, int epoch, Duration took) {
        Checkpoint last = training.checkpoints().last().orElseThrow();
        List<EpochMetrics> counted = last.history().stream()
                .filter(metrics -> metrics.epoch() <= epoch)
                .toList();
        double lowest = counted.stream()
                .flatMap(metrics -> metrics.validationNll().stream().boxed())
                .mapToDouble(nll -> nll)
                .min()
                .orElseThrow(() -> new PipelineException(
                        "run " + training.runId() + " has no validation loss, by which" + " a sweep compares"));
        return new Trial.Result(counted.size(), lowest, took, last.end().isPresent());
    }

    /** Who was taken for dead and was only slow changes nothing: another has ended the job by then. */
    private void finish(Trial worked, Trial reached) throws IOException {
        SweepState state = journal.update(before -> {
            Trial now = before.trial(worked.number());
            boolean mine = now.job().equals(worked.job()) && now.results().equals(worked.results());
            return mine ? before.with(reached) : before;
        });
        try {
            runs().reached(reached, plan.state(reached), state);
        } catch (TrackingException e) { // a result matters more than its record
            listener.warn("a result was not recorded in MLflow: " + e.getMessage());
        }
        SweepState now = withoutLost();
        listener.reached(now.trial(reached.number()), now);
    }

    private SweepState withoutLost() throws IOException {
        SweepState left = journal.update(before -> {
            SweepState state = before;
            for (Trial lost : plan.asha().lost(before.trials())) {
                state = state.with(lost.drop());
            }
            return state;
        });
        folder.deleteDropped(left.trials()); // those too that another workspace has found lost
        return left;
    }

    private SweepRuns runs() {
        return new SweepRuns(pipeline.destination().tracker(), folder.name());
    }
}
