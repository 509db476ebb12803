package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Period;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.versions.ComparisonPage;
import io.heimdall.pipeline.versions.ModelComparison;
import io.heimdall.pipeline.versions.VersionComparison;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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
            "  heimdall compare --workspace heimdall-workspace champion newest --html compared.html"
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

    @Mixin
    private ModelName modelName;

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
        SessionFilter filter = output.usage(() -> {
            if (html != null) {
                MapFiles.check("--html", html, List.of());
            }
            return since(since);
        });
        try (Workspace opened = Workspace.open(workspace);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()));
                ConsoleListener console = new ConsoleListener(output)) {
            ModelComparison comparison = new VersionComparison(
                            services.sessions(), services.tracker(), modelName.name(), filter)
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

    /** Returns the filter for sessions from a moment on; of all where none is given. */
    static SessionFilter since(String moment) {
        return moment == null
                ? SessionFilter.all()
                : SessionFilter.all().with(new Period(Optional.of(moment(moment)), Optional.empty()));
    }

    /** Returns the moment that {@code --since} names. */
    static Instant moment(String since) {
        try {
            return Period.moment(since);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--since: " + e.getMessage(), e);
        }
    }
}
