package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.PipelineListener;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.DryRun;
import io.heimdall.pipeline.training.Overfit;
import io.heimdall.pipeline.training.RateSearch;
import io.heimdall.pipeline.training.Resumption;
import io.heimdall.pipeline.training.SettingsCheck;
import io.heimdall.pipeline.training.TrainingFields;
import io.heimdall.pipeline.training.TrainingFolder;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingProfile;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.pipeline.training.Trials;
import io.heimdall.pipeline.versions.Promotions;
import io.heimdall.servers.Servers;
import io.heimdall.tracking.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heimdall train}: trains on a workspace's approved sessions. */
@Command(
        name = "train",
        description = {
            "Train on the approved sessions of a workspace: features, epochs, ONNX file, registered version, report.",
            "A training that was killed continues with --resume and ends with the same weights, bit for bit."
        },
        sortOptions = false,
        modelTransformer = TrainOptions.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall train --workspace heimdall-workspace",
            "  heimdall train --workspace heimdall-workspace --dry-run",
            "  heimdall train --workspace heimdall-workspace --epochs 30 --split-by day",
            "  heimdall train --workspace heimdall-workspace --from 2026-01-01 --until 2026-07-01",
            "  heimdall train --workspace heimdall-workspace --challenge",
            "  heimdall train --workspace heimdall-workspace --resume",
            "  heimdall train --workspace heimdall-workspace --resume 0f3a...   (a run of 'heimdall runs')"
        })
public final class TrainCommand implements Callable<Integer> {

    private static final int MOST_BY_HEART = 1000;

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "The workspace with the sessions; created where a server has the sessions.")
    private Path workspace;

    @Option(
            names = "--resume",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "RUN|PATH",
            description =
                    "Continue the training RUN, the one in the folder PATH, or the latest one, with the settings of its beginning;"
                            + " --model-name may give the model another name.")
    private String resume;

    @Option(
            names = "--try-again",
            description = "With --resume: continue even if the process has died three times at one step.")
    private boolean tryAgain;

    @Option(
            names = "--dry-run",
            description = "Send about one batch through every phase, in seconds; register nothing, keep nothing, and"
                    + " estimate the time of the training.")
    private boolean dryRun;

    @Option(
            names = "--challenge",
            description = "At the end, give the version the alias '" + Promotions.CHALLENGER
                    + "' and compare it with the champion on sessions that neither has learned from.")
    private boolean challenge;

    @Option(
            names = "--find-learning-rate",
            arity = "0..1",
            fallbackValue = "learning-rate.png",
            paramLabel = "FILE.png",
            description = "Look for a learning rate instead: raise it over some steps, draw the loss, and suggest one;"
                    + " register and keep nothing.")
    private Path ratePicture;

    @Option(
            names = "--profile",
            description =
                    "Show at the end where the time of the epochs went: waiting for batches, forward, loss, backward,"
                            + " update, validation.")
    private boolean profile;

    @Option(
            names = "--overfit",
            paramLabel = "N",
            description =
                    "Learn N training sessions by heart instead, 2..1000, and say whether that works, or else what is"
                            + " probably wrong; register and keep nothing. Exit code 1 if it does not work.")
    private Integer overfit;

    @Spec
    private CommandSpec command;

    TrainCommand() {}

    @Override
    public Integer call() throws IOException {
        try (Workspace opened = open(workspace, output);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()));
                ConsoleListener console = new ConsoleListener(output)) {
            Optional<TrainingProfile> measured = profile ? Optional.of(new TrainingProfile(console)) : Optional.empty();
            TrainingPipeline pipeline = new TrainingPipeline(
                    services, measured.<PipelineListener>map(one -> one).orElse(console));
            if (ratePicture != null) {
                RateSearch found = new Trials(pipeline).learningRate(output.usage(() -> settings(pipeline)));
                console.end();
                return RateReport.show(found, ratePicture, output);
            }
            if (overfit != null) {
                Overfit learned = new Trials(pipeline).overfit(output.usage(() -> settings(pipeline)), overfit);
                console.end();
                return OverfitReport.show(learned, output);
            }
            if (dryRun) {
                DryRun tried = new Trials(pipeline).dryRun(output.usage(() -> settings(pipeline)));
                console.end();
                DryRunTable.show(tried, output);
                return 0;
            }
            TrainingOutcome outcome = resume != null ? resumed(pipeline) : begun(pipeline);
            console.end();
            TrainingReport.say(outcome, output);
            Map<String, Object> more = new LinkedHashMap<>();
            measured.ifPresent(times -> {
                output.say("");
                ProfileTable.lines(times).forEach(output::say);
                more.put("profile", times.summary());
            });
            if (challenge) {
                new Challenge(services.sessions(), services.tracker(), output)
                        .of(outcome, console)
                        .ifPresent(compared -> more.put("challenge", compared.json()));
            }
            TrainingReport.json(outcome, more, output);
        }
        return 0;
    }

    /** Where the sessions are on a server, the workspace may begin empty. */
    static Workspace open(Path workspace, Output output) throws IOException {
        return output.usage(() -> Servers.named(output.configuration().variables()))
                ? Workspace.openOrCreate(workspace)
                : Workspace.open(workspace);
    }

    private TrainingOutcome begun(TrainingPipeline pipeline) throws IOException {
        return pipeline.train(output.usage(() -> settings(pipeline)));
    }

    private TrainingSettings settings(TrainingPipeline pipeline) throws IOException {
        if (tryAgain && resume == null) {
            throw new IllegalArgumentException("--try-again needs --resume: a new training has not died before");
        }
        checkModes();
        if (overfit != null && (overfit < 2 || overfit > MOST_BY_HEART)) {
            throw new IllegalArgumentException("--overfit " + overfit + " is not in 2.." + MOST_BY_HEART);
        }
        TrainingSettings settings = SettingsCheck.of(typed(TrainOptions.defaults()));
        if (ratePicture != null
                && (settings.initial().isPresent() || settings.pretrained().isPresent())) {
            throw new IllegalArgumentException("--find-learning-rate is of a new network: leave out "
                    + (settings.initial().isPresent() ? "--initial" : "--pretrained"));
        }
        pipeline.source().catalog().check(settings.data().filter());
        pipeline.checkInitial(settings);
        return settings;
    }

    /** A command does one thing: it trains, goes on, or tries. */
    private void checkModes() {
        if (dryRun && resume != null) {
            throw new IllegalArgumentException(
                    "--dry-run tries a new training, --resume continues one: leave one of them out");
        }
        List<String> modes = new ArrayList<>();
        Map.of("--dry-run", dryRun, "--overfit", overfit != null, "--find-learning-rate", ratePicture != null)
                .forEach((mode, asked) -> modes.addAll(asked ? List.of(mode) : List.of()));
        if (!modes.isEmpty() && profile) {
            modes.add("--profile");
        }
        if (!modes.isEmpty() && resume != null) {
            modes.add("--resume");
        }
        if (!modes.isEmpty() && challenge) {
            modes.add("--challenge");
        }
        if (modes.size() > 1) {
            throw new IllegalArgumentException(String.join(
                            " and ", modes.stream().sorted().toList()) + " do not go together: leave out all but one");
        }
    }

    private TrainingOutcome resumed(TrainingPipeline pipeline) throws IOException {
        Optional<TrainingFolder> asked =
                output.usage(() -> asked(pipeline.working().trainings()));
        if (asked.isEmpty()) {
            output.note("There is no training to resume: a new one begins.");
            return begun(pipeline);
        }
        TrainingFolder folder = asked.get();
        Resumption how = output.usage(() -> resumption(folder.settings()));
        output.note((folder.finished() ? "Already done: run " : "Resuming run ") + folder.runId());
        return pipeline.resume(folder.runId(), how).orElseThrow();
    }

    private TrainingSettings typed(TrainingSettings base) {
        return new TrainOptions().over(base, command);
    }

    /** The training that {@code --resume} is about: the named one, or the latest. */
    private Optional<TrainingFolder> asked(Path trainings) throws IOException {
        if (resume.isEmpty()) {
            return TrainingFolder.all(trainings).stream().findFirst();
        }
        String run = run(trainings);
        Optional<TrainingFolder> found = TrainingFolder.of(trainings, run)
                .filter(folder -> folder.runId().equals(run));
        if (found.isEmpty()) {
            throw new IllegalArgumentException("--resume: there is no run " + resume + " in " + workspace
                    + "; 'heimdall runs --workspace " + workspace + "' lists them");
        }
        return found;
    }

    /** Returns the run of a path into the folder of a training; what is no such path names a run itself. */
    private String run(Path trainings) {
        Path path = Path.of(resume).toAbsolutePath().normalize();
        Path all = trainings.toAbsolutePath().normalize();
        boolean inside = path.startsWith(all) && path.getNameCount() > all.getNameCount();
        return inside ? path.getName(all.getNameCount()).toString() : resume;
    }

    /** The name may be one that an earlier release took for its last epoch to refuse. */
    private static TrainingSettings named(TrainingSettings settings) {
        try {
            ModelVersion.checkName(settings.modelName());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + "; give another name with --model-name", e);
        }
        return SettingsCheck.of(settings).decided();
    }

    /** Settings that are typed beside {@code --resume} must be those of the run; others would be silently ignored. */
    private Resumption resumption(TrainingSettings begun) {
        TrainingSettings asked = named(typed(begun));
        List<String> differences = TrainingFields.table().differences(begun, asked.withModelName(begun.modelName()));
        if (!differences.isEmpty()) {
            throw new IllegalArgumentException(
                    "--resume continues with the settings of the training's beginning; different are: "
                            + String.join(", ", differences)
                            + "; leave these options out, or start a new training without --resume (only --model-name may differ)");
        }
        return new Resumption(Optional.of(asked.modelName()), tryAgain);
    }
}
