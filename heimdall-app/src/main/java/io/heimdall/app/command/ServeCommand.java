package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.app.jobs.JobStore;
import io.heimdall.app.jobs.TrainingJobs;
import io.heimdall.app.service.HeimdallService;
import io.heimdall.app.service.MonitorOptions;
import io.heimdall.app.service.ServiceOptions;
import io.heimdall.app.service.ShadowOptions;
import io.heimdall.dataset.Workspace;
import io.heimdall.files.Variables;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.report.MapTiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code heimdall serve}: runs the training service until it is stopped. */
@Command(
        name = "serve",
        description = {
            "Run the training service: submit, watch and cancel trainings, and locate with models, over HTTP and on a page.",
            "Jobs outlive the process: after a stop or a kill, the next worker on the same workspace continues the jobs that"
                    + " were under way. Where a database is set, it keeps the jobs, and workers on several machines share them.",
            "The service listens on this machine alone unless it has a token, in the variable HEIMDALL_TOKEN or by --token-file."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall serve",
            "      on http://127.0.0.1:8080, with the workspace ./heimdall-workspace",
            "  heimdall serve --host 0.0.0.0 --token-file token.txt --trainings 0",
            "      accepts and shows trainings only; other processes run them:",
            "  heimdall serve --no-http"
        })
public final class ServeCommand implements Callable<Integer> {
    private static final String TOKEN = "HEIMDALL_TOKEN";
    private static final long STOP_SECONDS = 10;
    private static final double USUAL_SHARE = 0.1;

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            defaultValue = "heimdall-workspace",
            description = "The workspace with the sessions and jobs (default: ${DEFAULT-VALUE}).")
    private Path workspace;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port to listen on, 0 for any free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--token-file", paramLabel = "FILE", description = "File with the token that requests must send.")
    private Path tokenFile;

    @Option(
            names = "--trainings",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Number of trainings that this process runs at a time (default: ${DEFAULT-VALUE}); they share the"
                            + " processors.")
    private int trainings;

    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Largest number of open connections; further clients get 503 (default: 4096, or the system's"
                    + " limit).")
    private Integer connections;

    @Option(
            names = "--shadow",
            paramLabel = "VERSION",
            description =
                    "A second version or alias, such as challenger, that answers a share of the predictions unseen;"
                            + " /metrics counts how it differs.")
    private String shadow;

    @Option(
            names = "--shadow-share",
            paramLabel = "SHARE",
            description = "With --shadow: the share of the predictions, above 0 and at most 1 (default: 0.1).")
    private Double shadowShare;

    @Option(
            names = "--monitor-minutes",
            paramLabel = "N",
            defaultValue = "60",
            description =
                    "Minutes between two looks at new sessions, as 'heimdall monitor' looks, for /metrics; 0: none"
                            + " (default: ${DEFAULT-VALUE}).")
    private int monitorMinutes;

    @Option(
            names = "--monitor-days",
            paramLabel = "N",
            defaultValue = "30",
            description =
                    "New are sessions that started at most so many days before the look (default: ${DEFAULT-VALUE}).")
    private int monitorDays;

    @Option(names = "--no-http", description = "Work on jobs without listening.")
    private boolean noHttp;

    @Spec
    private CommandSpec command;

    ServeCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> variables = output.configuration().variables();
        Optional<String> token = token(variables);
        ServiceOptions options = output.usage(() -> ServiceOptions.local(port)
                .on(host, token)
                .withShadow(shadow())
                .withMonitor(monitor())
                .withTiles(MapTiles.of(variables))
                .withConnections(OpenFiles.connections(Optional.ofNullable(connections)))
                .withDefaults(TrainOptions.configured(output.configuration())));
        output.usage(() -> {
            if (noHttp && trainings < 1) {
                throw new IllegalArgumentException("--no-http with --trainings " + trainings + " leaves nothing to do");
            }
            return trainings;
        });
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Workspace opened = Workspace.openOrCreate(workspace);
                Services services = output.usage(() -> Adapters.open(opened, variables));
                TrainingJobs jobs = output.usage(
                        () -> TrainingJobs.open(services, JobStore.of(opened.directory(), variables), trainings))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stop, stopped), "heimdall-stop"));
            if (noHttp) {
                output.say("Working on the jobs of " + opened.directory());
                output.json(Map.of("workspace", opened.directory().toString()));
                stop.await();
            } else {
                listen(opened, services, jobs, options, stop);
            }
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private void listen(
            Workspace opened, Services services, TrainingJobs jobs, ServiceOptions options, CountDownLatch stop)
            throws IOException, InterruptedException {
        try (HeimdallService service = HeimdallService.start(services, jobs, options)) {
            String url = "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + service.port();
            output.say("Listening on " + url + (options.token().isPresent() ? ", with a token" : ""));
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("url", url);
            json.put("port", service.port());
            json.put("workspace", opened.directory().toString());
            output.json(json);
            stop.await();
        }
    }

    /** On Ctrl-C and on SIGTERM the JVM waits until the trainings under way have stopped at their next step. */
    private void stop(CountDownLatch stop, CountDownLatch stopped) {
        if (stopped.getCount() == 0) {
            return;
        }
        output.note("Stopping: the next worker continues jobs under way from their checkpoints.");
        stop.countDown();
        try {
            if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                output.note("A job did not stop in " + STOP_SECONDS
                        + " s; the next worker continues it from its checkpoint.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> token(Map<String, String> variables) throws IOException {
        if (tokenFile != null) {
            return Optional.of(Files.readString(tokenFile).strip());
        }
        return Variables.value(variables, TOKEN);
    }

    private Optional<MonitorOptions> monitor() {
        return Optional.of(monitorMinutes)
                .filter(minutes -> minutes > 0)
                .map(minutes -> new MonitorOptions(Duration.ofMinutes(minutes), Duration.ofDays(monitorDays)));
    }

    private Optional<ShadowOptions> shadow() {
        if (shadow == null && shadowShare != null) {
            throw new IllegalArgumentException("--shadow-share is of the second version: name it by --shadow");
        }
        boolean typed = command.commandLine().getParseResult().hasMatchedOption("--shadow");
        if (typed && noHttp) { // what is configured is of the process that listens
            throw new IllegalArgumentException(
                    "--shadow answers requests, and --no-http takes none: leave one of them out");
        }
        return Optional.ofNullable(shadow)
                .map(model -> new ShadowOptions(model, shadowShare == null ? USUAL_SHARE : shadowShare));
    }
}
