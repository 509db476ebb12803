package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Workspace;
import io.heimdall.model.train.TrainingPlan;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.evaluation.RivalModel;
import io.heimdall.pipeline.training.Pretraining;
import io.heimdall.pipeline.training.TrainingOutcome;
import io.heimdall.pipeline.training.TrainingPipeline;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.servers.postgres.PostgresSettings;
import io.heimdall.servers.s3.S3Settings;
import io.heimdall.simulation.Simulation;
import io.heimdall.simulation.World;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code heimdall demo}: runs the whole path in a simulated world, from recordings to a registered model and its
 * report.
 */
@Command(
        name = "demo",
        description = {
            "Simulate seven receivers in north-west Italy, train a network to locate transmitters from their recordings, and"
                    + " compare it with a ResNet-18, the classical methods and the theoretical bound.",
            "Takes some minutes on two processors."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall demo",
            "      writes everything to ./heimdall-workspace",
            "  heimdall demo --resnet18-epochs 11",
            "      trains the ResNet-18 to its best: three minutes longer",
            "  heimdall demo --sessions 200 --epochs 5 --resnet18-epochs 1",
            "      takes less time, and is less accurate"
        })
public final class DemoCommand implements Callable<Integer> {
    /** Fewer than usual, so that the demo is over in some three minutes. */
    private static final int PRETRAINING_STEPS = 1200;

    private static final String RESNET = "resnet18";

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = "heimdall-workspace",
            description = "Workspace for all files (default: ${DEFAULT-VALUE}).")
    private Path workspace;

    @Option(
            names = "--sessions",
            paramLabel = "N",
            defaultValue = "2000",
            description =
                    "Number of simulated sessions; 80 %% of them are the training split (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "40",
            description = "Number of passes over the training sessions (default: ${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--resnet18-epochs",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "Epochs of the ResNet-18 for comparison, each about 20 s on two processors; 0 leaves the ResNet-18"
                            + " out (default: ${DEFAULT-VALUE}).")
    private int resnetEpochs;

    @Option(
            names = "--backend",
            paramLabel = "ID",
            description = "The training engine; 'heimdall doctor' lists them (default: the first that works).")
    private String backend;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of all random draws (default: ${DEFAULT-VALUE}).")
    private long seed;

    DemoCommand() {}

    @Override
    public Integer call() throws IOException {
        SimulateCommand.checkSessions(sessions, output);
        Simulation simulation = output.usage(() -> new Simulation(World.rss(), seed));
        TrainingSettings settings = output.usage(() -> {
            if (resnetEpochs < 0) {
                throw new IllegalArgumentException("--resnet18-epochs " + resnetEpochs + " is not 0 or more");
            }
            TrainingSettings usual = TrainingSettings.seeded(seed)
                    .withPlan(TrainingPlan.seeded(seed).withEpochs(epochs))
                    .withPretraining(Pretraining.ofSteps(PRETRAINING_STEPS).whereItHelps());
            return backend == null ? usual : usual.withBackend(backend);
        });
        try (Workspace opened = Workspace.openOrCreate(workspace)) {
            output.note("Workspace " + opened.directory());
            SimulateCommand.fill(opened, simulation, sessions, output);
            try (Services services = output.usage(() -> Adapters.open(
                            opened, withoutServers(output.configuration().variables())));
                    ConsoleListener console = new ConsoleListener(output)) {
                List<RivalModel> rivals = trainRivals(settings, services, console);
                TrainingOutcome outcome = new TrainingPipeline(services, console, rivals).train(settings);
                console.end();
                TrainingReport.say(outcome, output);
                TrainingReport.json(outcome, Map.of(), output);
            }
        }
        return 0;
    }

    /** Trains ResNet-18, to be shown beside the default network; it is registered under a name of its own. */
    private List<RivalModel> trainRivals(TrainingSettings settings, Services services, ConsoleListener console)
            throws IOException {
        if (resnetEpochs == 0) {
            return List.of();
        }
        TrainingSettings resnet = settings.withNetwork(RESNET)
                .withPretraining(Pretraining.OFF)
                .withModelName("heimdall-" + RESNET)
                .withPlan(settings.plan().withEpochs(resnetEpochs));
        output.note("Training a ResNet-18 for comparison, then the network");
        TrainingOutcome outcome = new TrainingPipeline(services, console).train(resnet);
        int epochs = outcome.result().history().size();
        return List.of(new RivalModel(
                RESNET,
                "ResNet-18 (" + (epochs == 1 ? "1 epoch)" : epochs + " epochs)"),
                outcome.onnx(),
                services.objects(),
                services.sessions().features()));
    }

    /** The demo's sessions are in its workspace, also where Heimdall's own servers are set. */
    private static Map<String, String> withoutServers(Map<String, String> variables) {
        Map<String, String> others = new HashMap<>(variables);
        others.keySet().removeAll(Set.of(PostgresSettings.URL, S3Settings.ENDPOINT));
        // An MLflow server that does not take artifacts itself has them there all the same.
        String objects = variables.getOrDefault(S3Settings.ENDPOINT, "");
        if (!objects.isBlank()) {
            others.putIfAbsent(S3Settings.ARTIFACTS_ENDPOINT, objects);
        }
        return others;
    }
}
