package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.monitor.GainDrift;
import io.heimdall.pipeline.monitor.ModelMonitor;
import io.heimdall.pipeline.monitor.MonitorReport;
import io.heimdall.pipeline.monitor.Warning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall monitor}: looks whether new sessions are like those that a model has learned from. */
@Command(
        name = "monitor",
        description = {
            "Look whether new sessions are like those that a model has learned from: gains of the stations, unseen stations, places"
                    + " outside of the training region, and coverage where the place is known.",
            "Made for cron: the exit code tells the worst finding."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:as expected",
            "1:failed",
            "2:wrong usage",
            "3:a warning: somebody should look",
            "4:an alarm: the answers are most likely wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  heimdall monitor --workspace heimdall-workspace --model champion --since 2026-07-01"})
public final class MonitorCommand implements Callable<Integer> {
    private static final int WARNING_EXIT = 3;
    private static final int ALARM_EXIT = 4;

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "The workspace with the sessions and versions.")
    private Path workspace;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE.onnx|VERSION",
            description = "A model file, or a registered version or alias: champion.")
    private String model;

    @Mixin
    private ModelName modelName;

    @Option(
            names = "--since",
            required = true,
            paramLabel = "DATE",
            description = "New are sessions that started at this time or later: 2026-07-01 or 2026-07-01T08:00:00Z.")
    private String since;

    MonitorCommand() {}

    @Override
    public Integer call() throws IOException {
        Instant start = output.usage(() -> CompareCommand.moment(since));
        MonitorReport report;
        try (Workspace opened = Workspace.open(workspace);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()));
                ConsoleListener console = new ConsoleListener(output)) {
            report = new ModelMonitor(services.sessions(), services.tracker(), modelName.name())
                    .look(model, start, console);
        }
        lines(report).forEach(output::say);
        output.json(report.json());
        return switch (report.warning()) {
            case OK -> 0;
            case WARNING -> WARNING_EXIT;
            case ALARM -> ALARM_EXIT;
        };
    }

    private static List<String> lines(MonitorReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(report.model() + ", " + report.sessions() + " sessions: "
                + report.warning().word());
        if (report.drifts().isEmpty()) {
            lines.add(line(
                    Warning.OK,
                    "no gain is compared: that needs sessions of known places with levels of the same stations, some of the training"
                            + " from before --since and some from after it"));
        }
        for (GainDrift drift : report.drifts()) {
            lines.add(line(
                    drift.warning(),
                    String.format(
                            Locale.ROOT,
                            "gain of %s %+.1f dB +- %.1f since the training, %d sessions",
                            drift.station(),
                            drift.driftDb(),
                            drift.errorDb(),
                            drift.sessions())));
        }
        report.unseen()
                .forEach((station, sessions) -> lines.add(line(
                        report.unseenWarning(),
                        "station " + station + " has no training session and heard " + sessions + " new ones")));
        lines.add(line(
                report.outsideWarning(),
                report.outside() + " of " + report.located() + " places are outside of the training region"));
        lines.add(line(
                report.coverageWarning(),
                report.covered() + " of " + report.confirmed() + " confirmed places are in the region of 90 %"
                        + (report.medianErrorM().isPresent()
                                ? String.format(
                                        Locale.ROOT,
                                        ", median error %.0f m",
                                        report.medianErrorM().getAsDouble())
                                : "")));
        return lines;
    }

    private static String line(Warning warning, String text) {
        return String.format(Locale.ROOT, "%-9s%s", warning.word(), text);
    }
}
