package io.heimdall.pipeline.training;

import io.heimdall.files.Machine;
import io.heimdall.model.backend.Backends;
import io.heimdall.model.backend.TrainingBackend;
import io.heimdall.pipeline.ModelDestination;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.SessionSource;
import io.heimdall.pipeline.WorkingDirectory;
import io.heimdall.pipeline.data.Selection;
import io.heimdall.pipeline.evaluation.RivalModel;
import io.heimdall.pipeline.report.MapScripts;
import io.heimdall.tracking.RunInfo;
import io.heimdall.tracking.RunStatus;
import io.heimdall.tracking.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a training: recordings to features, epochs, a model file that is compared with its backend, a registered
 * version, a report.
 *
 * <p>Every phase can be interrupted; {@link #resume()} continues and ends with the same bits. Several trainings may
 * share a workspace. Each is run by one pipeline at a time: a second one is refused.
 *
 * @param source of the sessions
 * @param destination of the model
 * @param working directory of its checkpoints and report
 * @param listener that watches
 * @param rivals other models that the evaluation shows beside the one that is trained
 */
public record TrainingPipeline(
        SessionSource source,
        ModelDestination destination,
        WorkingDirectory working,
        PipelineListener listener,
        List<RivalModel> rivals) {
    private static final DateTimeFormatter RUN_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss");

    /** Copies the list. */
    public TrainingPipeline {
        rivals = List.copyOf(rivals);
    }

    /** Trains without other models beside the one that is trained. */
    public TrainingPipeline(Services services, PipelineListener listener) {
        this(services, listener, List.of());
    }

    /** Trains with what is opened for a workspace. */
    public TrainingPipeline(Services services, PipelineListener listener, List<RivalModel> rivals) {
        this(services.sessions(), services.destination(), services.working(), listener, rivals);
    }

    /** Returns this pipeline, watched by another listener. */
    public TrainingPipeline watchedBy(PipelineListener other) {
        return new TrainingPipeline(source, destination, working, other, rivals);
    }

    /**
     * Begins a training. That its filter leaves something, and that its end can be reached, is seen before anything is recorded.
     *
     * @throws IllegalArgumentException if the filter names what the catalogue does not have, or a setting cannot be used
     * @throws IOException if a file cannot be read or written
     * @throws PipelineException if there is nothing to learn from
     * @throws io.heimdall.model.ModelException if the backend cannot run or the training fails
     * @throws java.util.concurrent.CancellationException if the listener cancelled it
     */
    public TrainingOutcome train(TrainingSettings settings) throws IOException {
        return train(settings, RunLabel.PLAIN);
    }

    /**
     * Begins a training, as {@link #train(TrainingSettings)} does, with a label on its run.
     *
     * @throws IOException as {@link #train(TrainingSettings)} does, with the other exceptions
     */
    public TrainingOutcome train(TrainingSettings settings, RunLabel label) throws IOException {
        TrainingBackend backend = ready(settings);
        Optional<InitialModel> initial = initial(settings);
        TrainingSettings decided = settings.decided().withBackend(backend.id());
        Map<String, String> tags = tags(backend);
        tags.putAll(label.tags());
        TrackedRun run = destination
                .tracker()
                .start(new RunInfo(settings.experiment(), label.name().orElseGet(() -> name(settings)), tags));
        Path folder = working.trainings().resolve(run.id());
        return concluded(run, () -> {
            Files.createDirectories(folder);
            if (initial.isPresent()) {
                initial.get().copyInto(folder);
            }
            return TrainingClaim.holding(
                    folder,
                    claim -> go(TrainingFolder.create(working.trainings(), run.id(), decided), run, backend, claim));
        });
    }

    /** Looks, before anything is written, for what a new training needs. */
    TrainingBackend checked(TrainingSettings settings) throws IOException {
        TrainingBackend backend = ready(settings);
        initial(settings);
        return backend;
    }

    private TrainingBackend ready(TrainingSettings settings) throws IOException {
        Selection.check(source.catalog(), settings.data().filter(), settings.producer());
        SimulatedTraining.check(source.catalog(), settings);
        TrainingBackend backend = backend(settings);
        readiness(settings).checkNew();
        MapScripts.checkTiles();
        return backend;
    }

    /**
     * Checks that a training can go on from the model that its settings name, if they name one.
     *
     * @throws IllegalArgumentException if there is no such model, or its training was of another network or split
     * @throws IOException if a file of it cannot be read
     */
    public void checkInitial(TrainingSettings settings) throws IOException {
        initial(settings);
    }

    private Optional<InitialModel> initial(TrainingSettings settings) throws IOException {
        return new InitialChoice(working.trainings(), destination.tracker(), settings).find(source.catalog());
    }

    /**
     * Goes on with the latest training, with the settings that it was begun with. One that has ended already is gone through
     * again from its last checkpoint, which changes nothing.
     *
     * @return empty if there has been no training here
     * @throws IOException as {@link #train} does
     */
    public Optional<TrainingOutcome> resume() throws IOException {
        Optional<TrainingFolder> latest =
                TrainingFolder.all(working.trainings()).stream().findFirst();
        return latest.isEmpty() ? Optional.empty() : Optional.of(resume(latest.get(), Resumption.PLAIN));
    }

    /**
     * Goes on with the training of a run, as {@link #resume()} does with the latest.
     *
     * @return empty if it is not in this workspace
     * @throws IOException as {@link #train} does
     */
    public Optional<TrainingOutcome> resume(String runId) throws IOException {
        return resume(runId, Resumption.PLAIN);
    }

    /**
     * Goes on with the training of a run.
     *
     * @param how what is to be other than before
     * @return empty if it is not in this workspace
     * @throws IOException as {@link #train} does
     * @throws PipelineException as {@link #train} does, and if the process has died at one step too often
     */
    public Optional<TrainingOutcome> resume(String runId, Resumption how) throws IOException {
        Optional<TrainingFolder> folder = TrainingFolder.of(working.trainings(), runId);
        return folder.isEmpty() ? Optional.empty() : Optional.of(resume(folder.get(), how));
    }

    private TrainingOutcome resume(TrainingFolder folder, Resumption how) throws IOException {
        return TrainingClaim.holding(folder.path(), claim -> {
            Deaths deaths = claim.deaths();
            if (how.tryAgain()) {
                deaths.forget();
            }
            deaths.tooMany().ifPresent(why -> giveUp(folder, why));
            TrainingFolder named = how.of(folder);
            readiness(named.settings()).checkMore(named);
            TrainingBackend backend = backend(named.settings());
            TrackedRun run = destination.tracker().resume(folder.runId());
            return concluded(run, () -> go(named, run, backend, claim));
        });
    }

    private void giveUp(TrainingFolder folder, String why) {
        destination.tracker().resume(folder.runId()).finish(RunStatus.FAILED);
        throw new PipelineException("run " + folder.runId(), why, null, false);
    }

    private TrainingOutcome go(TrainingFolder folder, TrackedRun run, TrainingBackend backend, TrainingClaim claim)
            throws IOException {
        PipelineListener marked = claim.marking(listener);
        marked.run(run.id());
        TrainingTrack track = new TrainingTrack(destination, run, folder);
        TrainingOutcome outcome = new TrainingPhases(source, marked, folder, track, rivals).run(backend);
        folder.finish();
        track.finish(RunStatus.FINISHED);
        return outcome;
    }

    private interface Training {
        TrainingOutcome train() throws IOException;
    }

    /** Writes down how a run ends that does not come to its end. */
    private static TrainingOutcome concluded(TrackedRun run, Training work) throws IOException {
        try {
            return work.train();
        } catch (IOException | RuntimeException | Error e) {
            try {
                run.finish(
                        e instanceof java.util.concurrent.CancellationException ? RunStatus.KILLED : RunStatus.FAILED);
            } catch (RuntimeException unrecorded) {
                e.addSuppressed(unrecorded);
            }
            throw e;
        }
    }

    private Readiness readiness(TrainingSettings settings) {
        return new Readiness(destination, new TrainingSpace(source, working, settings), settings);
    }

    static TrainingBackend backend(TrainingSettings settings) {
        return settings.backend().map(Backends::require).orElseGet(Backends::preferred);
    }

    private static String name(TrainingSettings settings) {
        return settings.network() + "-" + ZonedDateTime.now(ZoneOffset.UTC).format(RUN_TIME);
    }

    private static Map<String, String> tags(TrainingBackend backend) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("backend", backend.id());
        tags.put("host", Machine.name());
        GitCommit.current().ifPresent(commit -> tags.put("git.commit", commit));
        return tags;
    }
}
