package io.heimdall.app.command;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The texts of the command model, as {@code --help} prints them. */
final class HelpText {
    private HelpText() {}

    /** Returns the lines of a command's text: its description or its examples. */
    static List<String> lines(String... text) {
        return Stream.of(text).flatMap(line -> String.format(line).lines()).toList();
    }

    /** Returns the lines of an argument's description, which picocli has formatted already. */
    static List<String> lines(ArgSpec argument) {
        return Stream.of(argument.description()).flatMap(String::lines).toList();
    }

    /** Returns the first sentence of a text, without its full stop. */
    static String sentence(List<String> lines) {
        String text = String.join(" ", lines);
        int end = text.indexOf(". ");
        return (end < 0 ? text : text.substring(0, end)).replaceFirst("[.:]$", "");
    }

    /** Returns the commands that are listed, in the order of the list. */
    static Collection<CommandSpec> commands(CommandSpec root) {
        return root.subcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden())
                .toList();
    }

    /** Returns the options that are listed, by name. */
    static List<OptionSpec> options(CommandSpec command) {
        return command.options().stream()
                .filter(option -> !option.hidden())
                .sorted((one, other) -> one.longestName().compareTo(other.longestName()))
                .toList();
    }
}
