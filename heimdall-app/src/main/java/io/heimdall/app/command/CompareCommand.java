package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.training.TrainingSettings;
import io.heimdall.pipeline.versions.ComparisonPage;
import io.heimdall.pipeline.versions.ModelComparison;
import io.heimdall.pipeline.versions.VersionComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall compare}: compares two models on sessions that neither has learned from. */
@Command(
        name = "compare",
        description = {
            "Compare two models on the same sessions: those that both can locate and that neither has learned from.",
            "Differences have 90 %% intervals, by resampling the groups that the split keeps together. Negative ones are in favour of"
                    + " the second model, but for the shares that a region holds."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall compare --workspace heimdall-workspace v1 v2",
            "  heimdall compare --workspace heimdall-workspace champion newest --since 2026-07-01 --html compared.html"
        })
public final class CompareCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "The workspace with the sessions and versions.")
    private Path workspace;

    @Parameters(index = "0", paramLabel = "FIRST", description = "A registered version or alias, or a model file.")
    private String first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "Another one.")
    private String second;

    @Option(
            names = "--model-name",
            paramLabel = "NAME",
            defaultValue = TrainingSettings.MODEL_NAME,
            description = "Name of the registered model (default: ${DEFAULT-VALUE}).")
    private String modelName;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "Only sessions that started at this time or later: 2026-07-01 or 2026-07-01T08:00:00Z.")
    private String since;

    @Option(names = "--html", paramLabel = "FILE.html", description = "Write the comparison as a page to this file.")
    private Path html;

    CompareCommand() {}

    @Override
    public Integer call() throws IOException {
        SessionFilter filter = output.usage(() -> since(since));
        if (html != null) {
            MapFiles.check("--html", html, List.of());
        }
        try (Workspace opened = Workspace.open(workspace);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()));
                ConsoleListener console = new ConsoleListener(output)) {
            ModelComparison comparison = new VersionComparison(
                            services.sessions(), services.tracker(), modelName, filter)
                    .of(first, second, console);
            console.end();
            ComparisonTable.lines(comparison).forEach(output::say);
            if (html != null) {
                ComparisonPage.write(html, comparison);
                output.say("Page        " + html);
            }
            output.json(comparison.json());
        }
        return 0;
    }

    /** Returns the filter for sessions from a moment on. */
    static SessionFilter since(String moment) {
        if (moment == null) {
            return SessionFilter.all();
        }
        try {
            return SessionFilter.all().with(new Period(Optional.of(Period.moment(moment)), Optional.empty()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--since: " + e.getMessage(), e);
        }
    }
}
