package io.heimdall.app.command;

import io.heimdall.app.adapters.Adapters;
import io.heimdall.dataset.Workspace;
import io.heimdall.pipeline.Services;
import io.heimdall.pipeline.versions.Promotion;
import io.heimdall.pipeline.versions.Promotions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code heimdall rollback}: makes the version before the champion again. */
@Command(
        name = "rollback",
        description = {
            "Make the version that was the champion before the champion again; the present one becomes 'previous'.",
            "A second rollback undoes the first. The version keeps a tag that says who did it, when and why."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall rollback --workspace heimdall-workspace",
            "  heimdall rollback --workspace heimdall-workspace --because 'v3 errs in the north since Monday'"
        })
public final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Option(
            names = "--workspace",
            required = true,
            paramLabel = "DIR",
            description = "The workspace with the versions.")
    private Path workspace;

    @Option(
            names = "--alias",
            paramLabel = "ALIAS",
            defaultValue = Promotions.CHAMPION,
            description = "The alias that is moved (default: ${DEFAULT-VALUE}).")
    private String alias;

    @Mixin
    private ModelName modelName;

    @Option(names = "--because", paramLabel = "TEXT", description = "The reason, which the trace keeps.")
    private String because;

    RollbackCommand() {}

    @Override
    public Integer call() throws IOException {
        try (Workspace opened = Workspace.open(workspace);
                Services services = output.usage(
                        () -> Adapters.open(opened, output.configuration().variables()))) {
            Promotions promotions = output.usage(() -> {
                if (because != null) {
                    Promotions.checkReason(because);
                }
                return new Promotions(services.tracker(), modelName.name(), alias);
            });
            Promotion done = promotions.rollback(Optional.ofNullable(because));
            output.say("Returned    v" + done.to() + " is " + alias + " again, v"
                    + done.from().getAsInt() + " is " + promotions.former());
            output.json(done.json());
        }
        return 0;
    }
}
