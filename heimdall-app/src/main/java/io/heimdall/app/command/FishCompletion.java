package io.heimdall.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes the completion script of fish from the command model; picocli has those of bash and zsh alone. */
final class FishCompletion {
    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    /** Returns the script. */
    static String of(CommandSpec root) {
        FishCompletion script = new FishCompletion(root.name());
        script.lines.add("# Completion of " + root.name() + " for fish, by '" + root.name() + " completion fish'.");
        script.add("-f"); // no files but where one is asked for
        String before = "-n __fish_use_subcommand ";
        HelpText.options(root).forEach(option -> script.option(before, option));
        for (CommandSpec command : HelpText.commands(root)) {
            script.add(before + "-a " + command.name()
                    + description(HelpText.lines(command.usageMessage().description())));
        }
        HelpText.commands(root).forEach(script::command);
        return String.join("\n", script.lines) + "\n";
    }

    private void command(CommandSpec command) {
        String behind = "-n '__fish_seen_subcommand_from " + command.name() + "' ";
        HelpText.options(command).forEach(option -> option(behind, option));
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            String values = values(parameter);
            if (!values.isEmpty()) {
                add(behind + values);
            }
        }
    }

    private void option(String condition, OptionSpec option) {
        StringBuilder words = new StringBuilder(condition);
        for (String name : option.names()) {
            words.append(name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                    .append(' ');
        }
        if (option.arity().max() > 0) {
            words.append("-r ").append(values(option)).append(' ');
        }
        add(words.toString().strip() + description(HelpText.lines(option)));
    }

    private static String values(ArgSpec argument) {
        List<String> words = words(argument);
        if (!words.isEmpty()) {
            return "-a " + quoted(String.join(" ", words));
        }
        boolean file = List.of(argument.auxiliaryTypes()).contains(Path.class) || argument.type() == Path.class;
        return file ? "-F" : "";
    }

    private static List<String> words(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? List.of()
                : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .toList();
    }

    private void add(String words) {
        lines.add("complete -c " + program + " " + words);
    }

    private static String description(List<String> text) {
        return " -d " + quoted(HelpText.sentence(text));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
