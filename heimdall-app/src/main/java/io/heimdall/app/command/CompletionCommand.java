package io.heimdall.app.command;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code heimdall completion}: prints a script by which a shell completes commands, options and their values. */
@Command(
        name = "completion",
        description = "Print a script by which a shell completes Heimdall's commands, options and their values.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(heimdall completion bash)",
            "      in ~/.bashrc; with zsh in place of bash in ~/.zshrc, after compinit",
            "  heimdall completion fish > ~/.config/fish/completions/heimdall.fish"
        })
public final class CompletionCommand implements Callable<Integer> {

    @Mixin
    private Output output;

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    /** A shell, as users type it. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    CompletionCommand() {}

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        // One script for two shells: in zsh it loads bashcompinit.
        String script = shell == Shell.fish ? FishCompletion.of(root) : BashCompletion.of(root);
        output.text(script);
        output.json(Map.of("shell", shell, "script", script));
        return 0;
    }
}
