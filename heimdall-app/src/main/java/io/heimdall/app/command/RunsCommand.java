package io.heimdall.app.command;

import io.heimdall.dataset.Workspace;
import io.heimdall.model.train.EpochMetric;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.EvaluationMetric;
import io.heimdall.pipeline.training.InterruptedRuns;
import io.heimdall.tracking.MetricPoint;
import io.heimdall.tracking.RunSummary;
import io.heimdall.tracking.Tracker;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall runs}: lists the trainings of a workspace. */
@Command(
        name = "runs",
        description = {
            "List the trainings of a workspace, the latest first.",
            "A training that was killed is shown as interrupted; 'heimdall train --resume RUN' continues it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall runs --workspace heimdall-workspace"})
public final class RunsCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @Mixin
    private Output output;

    @Option(names = "--workspace", required = true, paramLabel = "DIR", description = "The workspace with the runs.")
    private Path workspace;

    RunsCommand() {}

    @Override
    public Integer call() throws IOException {
        List<Listed> runs;
        try (Workspace opened = Workspace.open(workspace)) {
            Services services = Services.of(opened);
            List<RunSummary> all = services.tracker().runs();
            Set<String> interrupted = InterruptedRuns.among(all, services.tracker(), services.trainings());
            runs = all.stream()
                    .map(run -> listed(run, interrupted.contains(run.id()), services.tracker()))
                    .toList();
        }
        if (runs.isEmpty()) {
            output.say("no runs yet; 'heimdall train --workspace " + workspace + "' creates one");
        } else {
            output.say(String.format(
                    "%-32s  %-16s  %-11s  %8s  %9s  %9s  %s",
                    "run", "begun", "status", "minutes", "val NLL", "p50 km", "model"));
            runs.forEach(run -> output.say(line(run)));
            runs.stream()
                    .filter(Listed::interrupted)
                    .forEach(run -> output.say("run " + run.run().id() + " was interrupted; '" + resume(run)
                            + "' continues from its last checkpoint"));
        }
        output.json(runs.stream().map(this::json).toList());
        return 0;
    }

    /**
     * A run as it is shown.
     *
     * @param interrupted whether it is called running and its process is dead
     * @param end of it, or the end of the last epoch of an interrupted one
     */
    private record Listed(RunSummary run, boolean interrupted, Optional<Instant> end) {

        String status() {
            return interrupted ? "interrupted" : run.status().name().toLowerCase(Locale.ROOT);
        }

        double minutes() {
            Instant until = end.orElseGet(interrupted ? run::start : Instant::now);
            return Duration.between(run.start(), until).toSeconds() / 60.0;
        }
    }

    private static Listed listed(RunSummary run, boolean interrupted, Tracker tracker) {
        Optional<Instant> lastSign = interrupted
                ? tracker.history(run.id(), EpochMetric.TRAINING_LOSS.series()).stream()
                        .map(MetricPoint::at)
                        .reduce((first, last) -> last)
                : run.end();
        return new Listed(run, interrupted, lastSign);
    }

    private String resume(Listed run) {
        return "heimdall train --workspace " + workspace + " --resume "
                + run.run().id();
    }

    private static String line(Listed listed) {
        RunSummary run = listed.run();
        String version = run.tags().get("model.version");
        Double metres = run.metrics().get(EvaluationMetric.ERROR_P50.series());
        return String.format(
                Locale.ROOT,
                "%-32s  %-16s  %-11s  %8.1f  %9s  %9s  %s",
                run.id(),
                TIME.format(run.start()),
                listed.status(),
                listed.minutes(),
                number(run.metrics().get(EpochMetric.VALIDATION_NLL.series())),
                number(metres == null ? null : metres / 1000),
                (version == null ? "-" : "v" + version) + origin(run));
    }

    /** Returns from which run a model's weights come, if not from their beginning. */
    private static String origin(RunSummary run) {
        String before = run.params().get("initial_run");
        if (before == null) {
            return "";
        }
        String asked = run.params().getOrDefault("initial", "");
        return asked.equals(before) ? " from run " + before : " from " + asked + " (run " + before + ")";
    }

    private static String number(Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    private Map<String, Object> json(Listed listed) {
        RunSummary run = listed.run();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run_id", run.id());
        json.put("name", run.name());
        json.put("experiment", run.experiment());
        json.put("status", listed.status());
        json.put("start", run.start().toString());
        json.put("end", run.end().map(Instant::toString).orElse(null));
        json.put("resume", listed.interrupted() ? resume(listed) : null);
        json.put("params", run.params());
        json.put("metrics", run.metrics());
        json.put("tags", run.tags());
        return json;
    }
}
