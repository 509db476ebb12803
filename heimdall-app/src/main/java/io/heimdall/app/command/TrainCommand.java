package io.heimdall.app.command;

import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Servers;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingFolder;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall train}: trains on a workspace's approved sessions. */
@Command(
        name = "train",
        description = {
            "Train on the approved sessions of a workspace: features, epochs, ONNX file, registered version, report.",
            "A training that was killed goes on with --resume and ends with the very weights that it would have had."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall train --workspace heimdall-workspace",
            "  heimdall train --workspace heimdall-workspace --epochs 30 --split-by day",
            "  heimdall train --workspace heimdall-workspace --from 2026-01-01 --until 2026-07-01",
            "  heimdall train --workspace heimdall-workspace --resume"
        })
public final class TrainCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "Has the sessions, or is made if a server has them.")
    private Path workspace;

    @Option(
            names = "--resume",
            description = "Go on with the latest training, with the settings that it was begun with.")
    private boolean resume;

    @Mixin
    private TrainOptions options;

    TrainCommand() {}

    @Override
    public Integer call() throws IOException {
        try (Workspace opened = open(output.configuration().variables());
                Services services = output.usage(
                        () -> Services.of(opened, output.configuration().variables()));
                ConsoleListener console = new ConsoleListener(output)) {
            TrainingPipeline pipeline = new TrainingPipeline(services, console);
            TrainingOutcome outcome = resume ? resumed(services, pipeline) : begun(services, pipeline);
            console.end();
            TrainingReport.show(outcome, output);
        }
        return 0;
    }

    /** Where the sessions are on a server, the workspace may begin empty. */
    private Workspace open(Map<String, String> variables) throws IOException {
        return output.usage(() -> Servers.named(variables))
                ? Workspace.openOrCreate(workspace)
                : Workspace.open(workspace);
    }

    private TrainingOutcome begun(Services services, TrainingPipeline pipeline) throws IOException {
        return pipeline.train(output.usage(() -> {
            TrainingSettings settings = options.over(options.defaults());
            services.catalog().check(settings.data().filter());
            return settings;
        }));
    }

    private TrainingOutcome resumed(Services services, TrainingPipeline pipeline) throws IOException {
        Optional<TrainingFolder> latest =
                TrainingFolder.all(services.trainings()).stream().findFirst();
        if (latest.isEmpty()) {
            output.note("There is no training to go on with: a new one begins.");
            return begun(services, pipeline);
        }
        TrainingFolder folder = latest.get();
        output.usage(() -> same(folder.settings()));
        output.note((folder.finished() ? "Already done: run " : "Going on with run ") + folder.runId());
        return pipeline.resume().orElseThrow();
    }

    /** Settings that are typed beside {@code --resume} must be those of the run; others would be silently ignored. */
    private TrainingSettings same(TrainingSettings settings) {
        TrainingSettings asked = options.over(settings);
        if (!asked.equals(settings)) {
            Map<String, String> before = settings.parameters();
            String differences = asked.parameters().entrySet().stream()
                    .filter(e -> !e.getValue().equals(before.get(e.getKey())))
                    .map(e -> e.getKey() + " was " + before.getOrDefault(e.getKey(), "not set") + " and is "
                            + e.getValue())
                    .collect(Collectors.joining(", "));
            throw new IllegalArgumentException("--resume goes on with the settings that the training was begun with: "
                    + differences + "; leave them away, or begin anew without --resume");
        }
        return settings;
    }
}
