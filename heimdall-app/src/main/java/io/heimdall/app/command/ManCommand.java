package io.heimdall.app.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code heimdall man}: prints the manual page. */
@Command(
        name = "man",
        description = "Print the manual page of all commands and options, for man.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  heimdall man > ~/.local/share/man/man1/heimdall.1",
            "  heimdall man > heimdall.1 && man ./heimdall.1"
        })
public final class ManCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Spec
    private CommandSpec spec;

    ManCommand() {}

    @Override
    public Integer call() {
        String page = ManualPage.of(spec.root());
        output.text(page);
        output.json(Map.of("page", page));
        return 0;
    }
}
