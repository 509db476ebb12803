package io.heimdall.app.command;

import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.tracking.RunSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall runs}: lists the trainings of a workspace. */
@Command(
        name = "runs",
        description = "List the trainings of a workspace, the latest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall runs --workspace heimdall-workspace"})
public final class RunsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @Mixin
    private Output output;

    @Option(names = "--workspace", required = true, paramLabel = "DIR", description = "Has the runs.")
    private Path workspace;

    RunsCommand() {}

    @Override
    public Integer call() throws IOException {
        List<RunSummary> runs;
        try (Workspace opened = Workspace.open(workspace)) {
            runs = Services.of(opened).tracker().runs();
        }
        if (runs.isEmpty()) {
            output.say("no runs yet; 'heimdall train --workspace " + workspace + "' makes one");
        } else {
            output.say(String.format(
                    "%-32s  %-16s  %-9s  %8s  %9s  %9s  %s",
                    "run", "begun", "status", "minutes", "val NLL", "p50 km", "model"));
            runs.forEach(run -> output.say(line(run)));
        }
        output.json(runs.stream().map(RunsCommand::json).toList());
        return 0;
    }

    private static String line(RunSummary run) {
        String version = run.tags().get("model.version");
        Double metres = run.metrics().get("test/error_p50_m");
        return String.format(
                Locale.ROOT,
                "%-32s  %-16s  %-9s  %8.1f  %9s  %9s  %s",
                run.id(),
                TIME.format(run.start()),
                run.status().name().toLowerCase(Locale.ROOT),
                minutes(run),
                number(run.metrics().get("validation/nll")),
                number(metres == null ? null : metres / 1000),
                version == null ? "-" : "v" + version);
    }

    private static double minutes(RunSummary run) {
        return Duration.between(run.start(), run.end().orElseGet(Instant::now)).toSeconds() / 60.0;
    }

    private static String number(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    private static Map<String, Object> json(RunSummary run) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run_id", run.id());
        json.put("name", run.name());
        json.put("experiment", run.experiment());
        json.put("status", run.status().name().toLowerCase(Locale.ROOT));
        json.put("start", run.start().toString());
        json.put("end", run.end().map(Instant::toString).orElse(null));
        json.put("params", run.params());
        json.put("metrics", run.metrics());
        json.put("tags", run.tags());
        return json;
    }
}
