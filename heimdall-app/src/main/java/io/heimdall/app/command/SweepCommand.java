package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.app.configuration.SpaceFile;
import io.heimdall.app.jobs.JobStore;
import io.heimdall.app.jobs.SweepOrder;
import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.ExclusiveFile;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.sweep.FolderJournal;
import io.heimdall.pipeline.sweep.Sweep;
import io.heimdall.pipeline.sweep.SweepFolder;
import io.heimdall.pipeline.sweep.SweepPlan;
import io.heimdall.pipeline.sweep.SweepState;
import io.heimdall.pipeline.sweep.SweepSummary;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.tracking.RunStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall sweep}: looks for good settings by many trainings, of which the bad ones are stopped early. */
@Command(
        name = "sweep",
        description = {
            "Look for good settings: train many trials, stop the bad ones at rungs, train the best on folds and"
                    + " register it.",
            "A sweep that was killed or stopped goes on when the same command is given again."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall sweep --workspace heimdall-workspace --trials 20 space.yaml",
            "  heimdall sweep --workspace heimdall-workspace --trials 50 --minutes 120 --parallel 2 space.yaml",
            "  heimdall sweep --workspace heimdall-workspace --resume space",
            "  heimdall sweep --workspace heimdall-workspace --on-workers space.yaml",
            "",
            "space.yaml (docs/TRAINING.md, Sweeps):",
            "  base: {network: set, epochs: 45}",
            "  space:",
            "    learning-rate: {min: 1e-4, max: 1e-2, log: true}",
            "    batch-size: [16, 32, 64]"
        })
public final class SweepCommand implements Callable<Integer> {
    @Mixin
    private Output output;

    @Parameters(arity = "0..1", paramLabel = "SPACE.yaml", description = "What to vary; not with --resume.")
    private Path space;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "The workspace with the sessions; created where a server has the sessions.")
    private Path workspace;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "Trials all in all (default: 20, or as many as the sweep was begun with).")
    private Integer trials;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "Stop the trials after M minutes of this call; the best so far is trained on folds then.")
    private Double minutes;

    @Option(
            names = "--parallel",
            paramLabel = "P",
            description =
                    "Processes that train at the same time; they share the processors (default: 1). With --on-workers,"
                            + " jobs that share the trials (default: as many as the workers that are alive do at a time).")
    private Integer parallel;

    @Option(
            names = "--on-workers",
            description =
                    "Leave the trials to the workers of 'heimdall serve' on the same workspace or database, and show how they"
                            + " come on. Ctrl-C ends the showing alone; the same command shows it again.")
    private boolean onWorkers;

    @Option(names = "--name", paramLabel = "NAME", description = "Name of the sweep (default: that of the file).")
    private String name;

    @Option(names = "--resume", paramLabel = "NAME", description = "Go on with the sweep NAME of the workspace.")
    private String resume;

    @Option(names = "--no-final", description = "Do not train the best on folds; register nothing.")
    private boolean noFinal;

    @Option(names = "--worker", hidden = true, description = "Work on trials for the process with this id.")
    private Long leader;

    SweepCommand() {}

    @Override
    public Integer call() throws IOException {
        output.usage(this::check);
        Optional<ProcessHandle> parent = Optional.ofNullable(leader).flatMap(ProcessHandle::of);
        Optional<Instant> deadline =
                Optional.ofNullable(minutes).map(m -> Instant.now().plusMillis((long) (m * 60_000)));
        try (StopSignal stop = StopSignal.install(deadline, parent); // first, so that it lets the process go last
                Workspace opened = TrainCommand.open(workspace, output);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()));
                ConsoleListener console = new ConsoleListener(output)) {
            SweepFolder folder = output.usage(() -> SweepFolder.of(services.working(), sweepName()));
            SweepPlan plan = output.usage(() -> plan(folder));
            SweepConsole shown = new SweepConsole(output, console, plan, processes(), stop);
            if (onWorkers) {
                return onWorkers(opened, services, folder, plan, shown, stop);
            }
            TrainingPipeline quiet = new TrainingPipeline(services, new TrialWarnings(output));
            Sweep sweep = new Sweep(quiet, folder, new FolderJournal(folder), plan, shown);
            if (leader != null) {
                sweep.worker(threads()).work();
                return stop.asked() ? 1 : 0;
            }
            return lead(sweep, stop);
        }
    }

    private int onWorkers(
            Workspace opened,
            Services services,
            SweepFolder folder,
            SweepPlan plan,
            SweepConsole shown,
            StopSignal stop)
            throws IOException {
        output.usage(() -> notBegun(folder));
        JobStore store = output.usage(
                () -> JobStore.of(opened.directory(), output.configuration().variables()));
        try (TrainingJobs jobs = TrainingJobs.open(services, store, 0)) {
            if (jobs.workers() == 0) {
                output.note("No worker is alive: 'heimdall serve --workspace " + workspace + "' starts one.");
            }
            String text = Files.readString(space);
            SweepOrder order = output.usage(() -> new SweepOrder(
                    sweepName(),
                    text,
                    plan,
                    trials == null ? SweepOrder.USUAL_TRIALS : trials,
                    parallel == null ? SweepOrder.usualWorkers(jobs.places()) : parallel,
                    !noFinal));
            output.usage(() -> jobs.sweeps().submit(order));
            return new WatchedSweep(output, jobs.sweeps(), shown, stop).watch(order.name());
        }
    }

    private static Void notBegun(SweepFolder folder) {
        if (folder.begun()) {
            throw new IllegalArgumentException(
                    "the name '" + folder.name() + "' is that of a sweep that was begun without"
                            + " --on-workers in this workspace (" + folder.path() + "); give this one another --name");
        }
        return null;
    }

    private int processes() {
        return parallel == null ? 1 : parallel;
    }

    private Void check() {
        if ((space == null) == (resume == null)) {
            throw new IllegalArgumentException("give either SPACE.yaml, which begins a sweep, or --resume NAME");
        }
        if (resume != null && name != null && !resume.equals(name)) {
            throw new IllegalArgumentException("--resume names the sweep already: leave --name out");
        }
        if (trials != null && (trials < 1 || trials > 100_000)) {
            throw new IllegalArgumentException("--trials is " + trials + ", expected 1..100000");
        }
        if (onWorkers && (resume != null || minutes != null || leader != null)) {
            throw new IllegalArgumentException("--on-workers goes with SPACE.yaml, --trials, --parallel, --name and"
                    + " --no-final; leave --resume and --minutes out");
        }
        if (parallel != null && (parallel < 1 || parallel > 256)) {
            throw new IllegalArgumentException("--parallel is " + parallel + ", expected 1..256");
        }
        if (minutes != null && !(minutes > 0 && minutes <= 100_000)) {
            throw new IllegalArgumentException("--minutes is " + minutes + ", expected more than 0, at most 100000");
        }
        return null;
    }

    private String sweepName() {
        if (resume != null) {
            return resume;
        }
        return name != null ? name : space.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private SweepPlan plan(SweepFolder folder) throws IOException {
        if (resume != null && !folder.begun()) {
            throw new IllegalArgumentException("--resume: there is no sweep " + resume + " in " + workspace + "; "
                    + folder.path() + " is missing");
        }
        return SpaceFile.read(resume != null ? folder.space() : space, TrainOptions.configured(output.configuration()));
    }

    /** Processes that train side by side share the processors. */
    private Optional<Integer> threads() {
        return processes() == 1
                ? Optional.empty()
                : Optional.of(Math.max(1, Runtime.getRuntime().availableProcessors() / processes()));
    }

    private int lead(Sweep sweep, StopSignal stop) throws IOException {
        Files.createDirectories(sweep.folder().path());
        return ExclusiveFile.holding(
                sweep.folder().leader(),
                ExclusiveFile.after(Duration.ofSeconds(2)),
                "another process works on the sweep " + sweep.folder().name(),
                () -> leadAlone(sweep, stop));
    }

    private int leadAlone(Sweep sweep, StopSignal stop) throws IOException {
        Path asked = resume != null ? sweep.folder().space() : space;
        int all = trials != null
                ? trials
                : sweep.folder().begun() ? sweep.folder().state().trials().size() : SweepOrder.USUAL_TRIALS;
        SweepState begun = output.usage(() -> sweep.begin(all, Files.readString(asked)));
        if (begun.trials().size() < all) {
            output.note("The space has no more than " + begun.trials().size() + " different trials.");
        }
        output.note("Sweep " + sweep.folder().name() + ": " + begun.trials().size() + " trials, rungs at the epochs "
                + sweep.plan().asha().rungs() + ", 1 of " + sweep.plan().asha().factor() + " goes on");
        boolean ended = false;
        try (SweepProcesses others = SweepProcesses.start(processes() - 1, words(sweep.folder()))) {
            sweep.worker(threads()).work();
            ended = true;
            if (others.failed() > 0) {
                output.note("Warning: " + others.failed() + " of the other processes have failed; see above");
            }
        } finally {
            if (!ended) {
                sweep.conclude(RunStatus.FAILED);
            }
        }
        if (stop.asked()) {
            sweep.conclude(RunStatus.KILLED);
            output.note("Stopped; 'heimdall sweep --workspace " + workspace + " --resume "
                    + sweep.folder().name()
                    + output.configuration()
                            .file()
                            .map(file -> " --config " + file)
                            .orElse("") + "' goes on.");
            return 1;
        }
        stop.close(); // the last training is killed and goes on as any training does
        show(sweep, last(sweep));
        return 0;
    }

    /** Trains the best trial on folds; the pages and the run of the sweep are concluded also if that fails. */
    private Optional<TrainingOutcome> last(Sweep sweep) throws IOException {
        RunStatus status = RunStatus.FAILED;
        try {
            Optional<TrainingOutcome> last = noFinal ? Optional.empty() : sweep.last(Optional.empty());
            status = RunStatus.FINISHED;
            return last;
        } finally {
            sweep.conclude(status);
        }
    }

    private List<String> words(SweepFolder folder) {
        List<String> words = new ArrayList<>(List.of(
                "sweep",
                "--workspace",
                workspace.toString(),
                "--resume",
                folder.name(),
                "--parallel",
                Integer.toString(processes()),
                "--worker",
                Long.toString(ProcessHandle.current().pid())));
        output.configuration().file().ifPresent(file -> words.addAll(List.of("--config", file.toString())));
        if (minutes != null) {
            words.addAll(List.of("--minutes", minutes.toString()));
        }
        return words;
    }

    private void show(Sweep sweep, Optional<TrainingOutcome> last) throws IOException {
        SweepState state = sweep.folder().state();
        last.flatMap(TrainingOutcome::evaluation).ifPresent(evaluation -> {
            output.say("");
            EvaluationTable.lines(evaluation).forEach(output::say);
        });
        output.say("");
        SweepConsole.lines(sweep.plan(), state).forEach(output::say);
        output.say("Page        " + sweep.folder().result("html"));
        output.json(SweepSummary.of(sweep.folder(), sweep.plan(), state));
    }
}
