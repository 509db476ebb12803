package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.SessionFilter;
import io.heimdall.dataset.Workspace;
import io.heimdall.model.ModelException;
import io.heimdall.pipeline.PipelineException;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.prediction.ModelFiles;
import io.heimdall.pipeline.versions.ModelComparison;
import io.heimdall.pipeline.versions.Promotion;
import io.heimdall.pipeline.versions.PromotionRule;
import io.heimdall.pipeline.versions.Promotions;
import io.heimdall.pipeline.versions.VersionComparison;
import io.heimdall.tracking.ModelVersion;
import io.heimdall.tracking.TrackingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code heimdall promote}: makes a version the champion if it is not worse than the present one. */
@Command(
        name = "promote",
        description = {
            "Make a version the champion, which 'heimdall serve' answers with, if it is not worse than the present champion.",
            "Both are compared on sessions that neither has learned from, as 'heimdall compare' does, and the rule is printed. The former"
                    + " champion keeps the alias 'previous', and the version a tag that says who did it, when, and by which numbers."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:promoted", "1:not promoted: the version is worse, or something failed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall promote --workspace heimdall-workspace v3",
            "  heimdall promote --workspace heimdall-workspace newest --since 2026-07-01",
            "  heimdall promote --workspace heimdall-workspace v3 --force --because 'v2 has a broken calibration'"
        })
public final class PromoteCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "The workspace with the sessions and versions.")
    private Path workspace;

    @Parameters(paramLabel = "VERSION", description = "The version, or another alias that points at it.")
    private String version;

    @Option(
            names = "--alias",
            paramLabel = "ALIAS",
            defaultValue = Promotions.CHAMPION,
            description = "The alias that is moved (default: ${DEFAULT-VALUE}).")
    private String alias;

    @Mixin
    private ModelName modelName;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "Compare on sessions that started at this time or later.")
    private String since;

    @Option(
            names = "--force",
            description = "Promote even if the version is worse, or cannot be compared; needs --because.")
    private boolean force;

    @Option(names = "--because", paramLabel = "TEXT", description = "With --force: the reason, which the trace keeps.")
    private String because;

    PromoteCommand() {}

    @Override
    public Integer call() throws IOException {
        SessionFilter filter = output.usage(() -> {
            checkReason();
            return CompareCommand.since(since);
        });
        try (Workspace opened = Workspace.open(workspace);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()));
                ConsoleListener console = new ConsoleListener(output)) {
            Promotions promotions = output.usage(() -> new Promotions(services.tracker(), modelName.name(), alias));
            ModelVersion candidate = ModelFiles.version(services.tracker(), modelName.name(), version);
            Optional<ModelVersion> holder = promotions.holder();
            if (holder.filter(held -> held.version() == candidate.version()).isPresent()) {
                throw new PipelineException("v" + candidate.version() + " is " + alias + " already");
            }
            VersionComparison comparison =
                    new VersionComparison(services.sessions(), services.tracker(), modelName.name(), filter);
            Optional<ModelComparison> compared = compare(comparison, holder, candidate, console);
            console.end();
            return promote(promotions, holder, candidate, compared);
        }
    }

    private void checkReason() {
        if (force != (because != null)) {
            throw new IllegalArgumentException(
                    force ? "--force needs --because TEXT, which the trace keeps" : "--because belongs to --force");
        }
        if (because != null) {
            Promotions.checkReason(because);
        }
    }

    private Optional<ModelComparison> compare(
            VersionComparison comparison,
            Optional<ModelVersion> holder,
            ModelVersion candidate,
            ConsoleListener console)
            throws IOException {
        if (holder.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(comparison.of("v" + holder.get().version(), "v" + candidate.version(), console));
        } catch (PipelineException | TrackingException | ModelException | IOException e) {
            if (!force) {
                throw new PipelineException(
                        e.getMessage() + "; --force --because TEXT promotes without a comparison", e);
            }
            console.warn("promoted without a comparison: " + e.getMessage());
            return Optional.empty();
        }
    }

    private int promote(
            Promotions promotions,
            Optional<ModelVersion> holder,
            ModelVersion candidate,
            Optional<ModelComparison> compared) {
        PromotionRule rule = PromotionRule.USUAL;
        Optional<Promotion.Ruling> ruling = compared.map(found -> new Promotion.Ruling(rule.text(), rule.judge(found)));
        compared.ifPresent(found -> ComparisonTable.lines(found).forEach(output::say));
        ruling.ifPresent(found -> {
            output.say("Rule        " + found.text());
            found.verdict().reasons().forEach(reason -> output.say("            " + reason));
        });
        boolean allowed = ruling.map(found -> found.verdict().notWorse()).orElse(true);
        if (!allowed && !force) {
            output.say("Refused     v" + candidate.version() + " does not become " + alias + ", v"
                    + holder.orElseThrow().version() + " stays; --force --because TEXT overrides");
            output.json(result(false, Map.of("alias", alias, "to", candidate.version(), "not_worse", false), compared));
            return 1;
        }
        OptionalInt from = holder.map(held -> OptionalInt.of(held.version())).orElse(OptionalInt.empty());
        Promotion done = promotions.promote(from, candidate.version(), Optional.ofNullable(because), ruling, compared);
        output.say("Promoted    v" + done.to() + " is " + alias
                + (from.isPresent() ? ", v" + from.getAsInt() + " is " + promotions.former() : "")
                + (compared.isEmpty() && because == null ? "; there was none to compare with" : ""));
        output.json(result(true, done.json(), compared));
        return 0;
    }

    private static Map<String, Object> result(
            boolean promoted, Map<String, Object> promotion, Optional<ModelComparison> compared) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("promoted", promoted);
        json.putAll(promotion);
        json.put("comparison", compared.map(ModelComparison::json).orElse(null));
        return json;
    }
}
